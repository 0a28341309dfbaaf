public import ConfinedFiles
public import Transfer
public import Vocabulary
import Archives
import Glibc

/// Brings artifacts into a sandbox, one after the other, as `mesos-fetcher` does.
///
/// Better than Mesos where nobody can want its way: files appear under their name only when they
/// are whole, and an existing file is replaced, not overwritten in place.
public struct ArtifactFetcher {
    let directory: ConfinedDirectory
    private let behavior: MesosBehavior
    private let settings: SourceSettings
    let cancellation: Cancellation?

    /// A fetcher for one sandbox.
    ///
    /// - Parameters:
    ///   - directory: The sandbox.
    ///   - behavior: The Mesos that is simulated.
    ///   - frameworksHome: The base of relative paths, absolute.
    ///   - transfers: How servers are asked.
    ///   - cancellation: Polled between two pieces.
    public init(
        into directory: ConfinedDirectory, behavior: MesosBehavior, frameworksHome: String?,
        transfers: TransferSettings = TransferSettings(), cancellation: Cancellation? = nil
    ) {
        self.directory = directory
        self.behavior = behavior
        settings = SourceSettings(frameworksHome: frameworksHome, transfers: transfers)
        self.cancellation = cancellation
    }

    /// Checks all requests, as the agent does before it starts the fetcher.
    ///
    /// - Parameter requests: What the task asks for.
    /// - Returns: The requests that are left when equal ones count once, in order.
    /// - Throws: ``FetchError`` of the first that Mesos refuses; nothing was fetched then.
    public func validated(
        _ requests: [ArtifactRequest]
    ) throws(FetchError) -> [ArtifactRequest] {
        var kept: [ArtifactRequest] = []
        for request in requests {
            _ = try ArtifactName.basename(of: request.uri)
            if let file = request.outputFile, behavior.knowsOutputFile {
                try ArtifactName.validate(outputFile: file, of: request.uri)
            }
            if !kept.contains(where: { $0.isSame(as: request) }) { kept.append(request) }
        }
        return kept
    }

    /// Fetches one artifact; it is whole under its name when this returns.
    ///
    /// - Parameter request: A request that was validated.
    /// - Returns: What came, not unpacked yet.
    /// - Throws: ``FetchError``; no part of the file stays.
    public func fetch(_ request: ArtifactRequest) throws(FetchError) -> FetchedArtifact {
        let source = try ArtifactSource(
            of: request.uri, frameworksHome: settings.frameworksHome, behavior: behavior
        ).content(of: request.uri, settings: settings, behavior: behavior)
        let path = try target(of: request)
        if let slash = path.lastIndex(of: "/") {
            do throws(ConfinedFilesError) {
                try directory.makeDirectories(at: Array(path[..<slash].utf8)[...], mode: 0o755)
            } catch {
                throw FetchError(
                    .unwritable, uri: request.uri, error.description, advice: error.advice)
            }
        }
        let landing = FileLanding(
            at: path, in: directory, uri: request.uri, isExecutable: request.executable)
        _ = try source.send(to: landing, unlessStill: nil, cancellation: cancellation)
        let digest = try landing.finish()
        return FetchedArtifact(
            uri: redacted(request.uri), path: path, bytes: landing.bytes, sha256: digest)
    }

    /// Unpacks a fetched artifact where its request and its name say so.
    ///
    /// - Parameters:
    ///   - artifact: What was fetched; it learns what came out of it.
    ///   - request: Its request.
    /// - Throws: ``FetchError`` with code ``FetchError/Code/notExtracted``.
    public func extract(
        _ artifact: inout FetchedArtifact, for request: ArtifactRequest
    ) throws(FetchError) {
        guard request.extract, !request.executable,
            let suffix = ArchiveSuffix(of: artifact.path, behavior: behavior)
        else { return }
        let name = artifact.path
        let archive = "/proc/self/fd/\(directory.number)/\(name)"
        do throws(ArchiveError) {
            switch suffix {
            case .archive:
                var members: [TarMember] = []
                let summary = try extractArchive(
                    at: archive, into: directory, named: name, cancellation: cancellation
                ) { members.append($0) }
                artifact.members = members.map(ExtractedMember.init)
                artifact.skipped = summary.skipped.count
            case .bareGzip:
                try inflate(name, archive, into: &artifact)
            }
        } catch {
            throw FetchError(
                error.code == .cancelled ? .cancelled : .notExtracted, uri: request.uri,
                error.description, advice: advice(for: error))
        }
        artifact.isExtracted = true
    }

    private func advice(for error: ArchiveError) -> String {
        switch error.code {
        case .notAnArchive: "see what the URI really serves"
        case .truncated, .damaged: "make the archive anew, and copy it whole"
        case .refused: "pack the archive without that member"
        default: "see the reason"
        }
    }

    /// `gunzip -d -c` into the sandbox's root, under the name without `.gz`.
    private func inflate(
        _ name: String, _ archive: String, into artifact: inout FetchedArtifact
    ) throws(ArchiveError) {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        let target = String(last.dropLast(3))
        guard ConfinedDirectory.isPlain(target.utf8) else { return }
        let path = Array(target.utf8)[...]
        do throws(ConfinedFilesError) {
            if try directory.status(at: path) != nil { try directory.removeFile(at: path) }
            let file = try directory.createFile(at: path, mode: 0o644)
            do throws(ArchiveError) {
                let count = try inflateGzip(
                    at: archive, into: file, named: name, cancellation: cancellation)
                artifact.members = [ExtractedMember(path: target, mode: 0o644, bytes: count)]
            } catch {
                try directory.removeFile(at: path)
                throw ConfinedFilesError(operation: error.description, path: target, code: EIO)
            }
        } catch {
            throw ArchiveError(archive: name, system: error.description)
        }
    }

    private func target(of request: ArtifactRequest) throws(FetchError) -> String {
        let name = try ArtifactName.basename(of: request.uri)
        var path = name
        if let file = request.outputFile, behavior.knowsOutputFile { path = file }
        let plain = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        guard !path.hasSuffix("/"), ConfinedDirectory.isPlain(plain.utf8) else {
            throw FetchError(
                .unwritable, uri: request.uri, "`destination` was a directory",
                advice: "name a file in the URI or in destPath")
        }
        return plain
    }
}
