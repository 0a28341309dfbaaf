public import ConfinedFiles
public import Transfer
public import Vocabulary
import Archives
import Crypto
import Glibc

/// Brings artifacts into a sandbox, one after the other, as `mesos-fetcher` does.
///
/// Better than Mesos where nobody can want its way: files appear under their name only when they
/// are whole, and an existing file is replaced, not overwritten in place.
public struct ArtifactFetcher {
    let directory: ConfinedDirectory
    private let behavior: MesosBehavior
    private let frameworksHome: String?
    let transfers: TransferSettings
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
        self.frameworksHome = frameworksHome
        self.transfers = transfers
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
            of: request.uri, frameworksHome: frameworksHome, behavior: behavior)
        let path = try target(of: request)
        switch source {
        case .local(let file):
            return try copy(file, to: path, for: request)
        case .net(let url):
            return try download(url, to: path, for: request)
        case .hadoop:
            throw FetchError(
                .unsupportedScheme, uri: request.uri,
                "Failed to create HDFS client: Hadoop client is not available",
                advice: "install Hadoop's client on every agent, or use another scheme")
        }
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

    private func copy(
        _ source: String, to path: String, for request: ArtifactRequest
    ) throws(FetchError) -> FetchedArtifact {
        func unreadable(_ reason: String) -> FetchError {
            FetchError(
                .unreadable, uri: request.uri, "cannot read \(redacted(source)): \(reason)",
                advice: "the file must be on every agent, readable by the task's user")
        }
        let number = unsafe open(source, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { throw unreadable(unsafe String(cString: strerror(errno))) }
        let input = Descriptor(owning: number)
        var status = stat()
        guard unsafe fstat(input.number, &status) == 0 else {
            throw unreadable(unsafe String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw unreadable("`source` was a directory")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw unreadable("it is no regular file") }
        let mode: UInt32 = request.executable ? 0o755 : status.st_mode & 0o777
        do throws(ConfinedFilesError) {
            if let slash = path.lastIndex(of: "/") {
                try directory.makeDirectories(at: Array(path[..<slash].utf8)[...], mode: 0o755)
            }
            let partial = Array((path + ".simagent-partial").utf8)[...]
            if try directory.status(at: partial) != nil { try directory.removeFile(at: partial) }
            let file = try directory.createFile(at: partial, mode: mode)
            if request.executable { try file.setMode(0o755) }
            let (bytes, digest, failure) = try pump(input, into: file)
            try file.close()
            if let failure {
                try directory.removeFile(at: partial)
                throw ConfinedFilesError(operation: "read", path: source, code: failure)
            }
            try directory.rename(partial, to: Array(path.utf8)[...])
            return FetchedArtifact(
                uri: redacted(request.uri), path: path, bytes: bytes, sha256: digest)
        } catch {
            if error.code == ECANCELED {
                throw FetchError(
                    .cancelled, uri: request.uri, "interrupted", advice: "run it again")
            }
            throw FetchError(
                .unwritable, uri: request.uri, error.description, advice: error.advice)
        }
    }

    /// Copies all bytes; gives their number, their SHA-256, and `errno` of a failed read.
    private func pump(
        _ input: borrowing Descriptor, into file: borrowing ConfinedFile
    ) throws(ConfinedFilesError) -> (UInt64, String, Int32?) {
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var total: UInt64 = 0
        var hash = SHA256()
        while true {
            if cancellation?.isCancelled == true { return (total, "", ECANCELED) }
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe read(input.number, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return (total, "", errno) }
            if count == 0 { break }
            unsafe buffer[..<count].withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
            try file.write(buffer.span.extracting(first: count))
            total += UInt64(count)
        }
        let digits = Array("0123456789abcdef")
        let text = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return (total, String(text), nil)
    }
}
