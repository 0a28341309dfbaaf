import ConfinedFiles
import Glibc

/// What is in a member's way: things of its name, and parents that are not there.
extension TreeWriter {
    /// Makes something under the member's name; what has the name already goes first.
    mutating func replacing(
        _ make: ([UInt8]) throws(ConfinedFilesError) -> Void
    ) throws(ConfinedFilesError) {
        do throws(ConfinedFilesError) {
            try withParents(make)
        } catch {
            guard error.isExisting, waitForBatches() else { throw error }
            parent = nil
            if try directory.status(at: path[...])?.kind == .directory {
                try directory.removeDirectory(at: path[...])
                directories.drop(path)
            } else {
                try directory.removeFile(at: path[...])
            }
            try make(path)
        }
    }

    /// Makes something under the member's name; missing parents are made on demand.
    mutating func withParents(
        _ make: ([UInt8]) throws(ConfinedFilesError) -> Void
    ) throws(ConfinedFilesError) {
        do throws(ConfinedFilesError) {
            try make(path)
        } catch {
            let replaces = error.code == ENOTDIR && policy.replacesFilesAmongParents
            guard error.isMissing || replaces, let slash = path.lastIndex(of: UInt8(ascii: "/"))
            else { throw error }
            if replaces { try removeFileAmongParents() }
            impliedDirectories += try directory.makeDirectories(
                at: path[..<slash], mode: policy.modeMask)
            guard impliedDirectories <= limits.maxMembers else {
                refusal = fault(
                    .limit,
                    "more directories that no member names than max-members"
                        + " (\(limits.maxMembers)) allows")
                return
            }
            try make(path)
        }
    }

    private func removeFileAmongParents() throws(ConfinedFilesError) {
        for index in path.indices where path[index] == UInt8(ascii: "/") {
            if try directory.status(at: path[..<index])?.kind == .file {
                return try directory.removeFile(at: path[..<index])
            }
        }
    }
}
