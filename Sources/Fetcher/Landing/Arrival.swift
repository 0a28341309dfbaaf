import Archives
import ConfinedFiles
import Vocabulary

/// An artifact whose bytes have all come, and that has no name in the sandbox yet.
// One thread makes it, another may settle it: it is handed over once, when the first has ended.
final class Arrival: @unchecked Sendable {
    private let request: ArtifactRequest
    private let target: ArtifactTarget
    private let directory: ConfinedDirectory
    private let cancellation: Cancellation?
    private let leftovers: Leftovers
    private let landings: Landings
    private var artifact: FetchedArtifact

    /// Where the artifact's bytes went.
    struct Landings {
        /// The file itself, under its own name or, where it does not stay, under another.
        var file: FileLanding?
        /// The path that ``file`` gets.
        var path = ""
        /// What comes out of it.
        var tree: ExtractionLanding?

        /// All of them.
        var sinks: [any ContentSink] {
            let file: (any ContentSink)? = file
            let tree: (any ContentSink)? = tree
            return [file, tree].compactMap(\.self)
        }
    }

    init(
        of request: ArtifactRequest, at target: ArtifactTarget, in directory: ConfinedDirectory,
        artifact: FetchedArtifact, landings: Landings, cancellation: Cancellation?,
        leftovers: Leftovers
    ) {
        self.request = request
        self.target = target
        self.directory = directory
        self.artifact = artifact
        self.landings = landings
        self.cancellation = cancellation
        self.leftovers = leftovers
    }

    /// Gives the file its name, and brings what came out of it into the sandbox.
    ///
    /// - Returns: What is there now, and why it was not unpacked where it should have been.
    /// - Throws: ``FetchError`` where nothing is there.
    func settle() throws(FetchError) -> (artifact: FetchedArtifact, failure: FetchError?) {
        try landings.file?.finish()
        do throws(FetchError) {
            if let tree = landings.tree {
                take(try tree.finish())
            } else if target.suffix == .bareGzip {
                try inflate()
            }
            if let error = archiveError { throw notExtracted(error) }
        } catch {
            return (artifact, error)
        }
        return (artifact, nil)
    }

    /// Adds what the cache did otherwise than Mesos.
    func add(_ finding: Finding) {
        artifact.findings.append(finding)
    }

    private var archiveError: ArchiveError?

    private func take(_ result: ExtractionLanding.Result) {
        guard result.error == nil else {
            archiveError = result.error
            return
        }
        artifact.members = result.members
        artifact.skipped = result.summary.skipped.map {
            String(decoding: $0.member, as: UTF8.self)
        }
        artifact.isExtracted = true
    }

    /// `gunzip -d -c` into the sandbox's root, under the name without `.gz`.
    private func inflate() throws(FetchError) {
        let name = target.inflatedName
        let partial = temporaryName(beside: "")
        let packed = Array(landings.path.utf8)[...]
        let (directory, keepsFile) = (directory, target.keepsFile)
        let leftover = leftovers.remember {
            try? directory.removeFile(at: partial)
            if !keepsFile { try? directory.removeFile(at: packed) }
        }
        defer {
            if !keepsFile { try? directory.removeFile(at: packed) }
            leftovers.forget(leftover)
        }
        guard ConfinedDirectory.isPlain(name.utf8) else { return }
        let archive = "/proc/self/fd/\(directory.number)/\(landings.path)"
        do throws(ConfinedFilesError) {
            let file = try directory.createFile(at: partial, mode: 0o644)
            do throws(ArchiveError) {
                let count = try inflateGzip(
                    at: archive, into: file, named: target.path, cancellation: cancellation)
                artifact.members = [ExtractedMember(path: name, mode: 0o644, bytes: count)]
            } catch {
                try directory.removeFile(at: partial)
                archiveError = error
                return
            }
            try file.close()
            try directory.rename(partial, to: Array(name.utf8)[...])
            artifact.isExtracted = true
        } catch {
            try? directory.removeFile(at: partial)
            throw FetchError(.unwritable, uri: request.uri, error.description, advice: error.advice)
        }
    }

    private func notExtracted(_ error: ArchiveError) -> FetchError {
        let advice =
            switch error.code {
            case .notAnArchive: "see what the URI really serves"
            case .truncated, .damaged: "make the archive anew, and copy it whole"
            case .refused: "pack the archive without that member"
            case .cancelled: "run it again"
            default: "see the reason"
            }
        var failure = FetchError(
            error.code == .cancelled ? .cancelled : .notExtracted, uri: request.uri,
            redacted("\(error.archive.terminalSafe): \(error.reasonAlone)"), advice: advice)
        failure.isRefusedMember = error.code == .refused
        return failure
    }
}
