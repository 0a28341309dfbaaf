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
    private let file: FileLanding?
    private let tree: ExtractionLanding?
    private var artifact: FetchedArtifact

    init(
        of request: ArtifactRequest, at target: ArtifactTarget, in directory: ConfinedDirectory,
        artifact: FetchedArtifact, file: FileLanding?, tree: ExtractionLanding?,
        cancellation: Cancellation?
    ) {
        self.request = request
        self.target = target
        self.directory = directory
        self.artifact = artifact
        self.file = file
        self.tree = tree
        self.cancellation = cancellation
    }

    /// Gives the file its name, and brings what came out of it into the sandbox.
    ///
    /// - Returns: What is there now, and why it was not unpacked where it should have been.
    /// - Throws: ``FetchError`` where nothing is there.
    func settle() throws(FetchError) -> (artifact: FetchedArtifact, failure: FetchError?) {
        if let file { try file.finish() }
        do throws(FetchError) {
            if let tree {
                take(try tree.finish())
            } else if file != nil, target.suffix == .bareGzip {
                try inflate()
            }
            if let error = archiveError { throw notExtracted(error) }
        } catch {
            return (artifact, error)
        }
        return (artifact, nil)
    }

    private var archiveError: ArchiveError?

    private func take(_ result: ExtractionLanding.Result) {
        guard result.error == nil else {
            archiveError = result.error
            return
        }
        artifact.members = result.members
        artifact.skipped = result.summary.skipped.count
        artifact.isExtracted = true
    }

    /// `gunzip -d -c` into the sandbox's root, under the name without `.gz`.
    private func inflate() throws(FetchError) {
        let last = target.path.split(separator: "/").last.map(String.init) ?? target.path
        let name = String(last.dropLast(3))
        guard ConfinedDirectory.isPlain(name.utf8) else { return }
        let partial = temporaryName(beside: "")
        let archive = "/proc/self/fd/\(directory.number)/\(target.path)"
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
            default: "see the reason"
            }
        var failure = FetchError(
            error.code == .cancelled ? .cancelled : .notExtracted, uri: request.uri,
            redacted(error.description), advice: advice)
        failure.isRefusedMember = error.code == .refused
        return failure
    }
}
