import ConfinedFiles
import Glibc

/// A tree that was unpacked aside and moves into the sandbox once its archive is whole.
///
/// A download that breaks off must leave nothing that could be taken for a whole tree; and what
/// was in the sandbox before must not be lost to an archive that turns out damaged.
struct StagedTree {
    /// The boundary of all that moves.
    let sandbox: ConfinedDirectory
    /// The tree's folder, in the sandbox.
    let folder: ArraySlice<UInt8>
    /// The folders that the archive itself names: these get the archive's mode where the sandbox
    /// has them already.
    let named: Set<[UInt8]>

    /// Moves everything, as if it had been unpacked in place: files replace files, folders are
    /// joined.
    ///
    /// - Throws: `ConfinedFilesError` of the first thing that cannot be moved.
    func settle() throws(ConfinedFilesError) {
        var pending: [ArraySlice<UInt8>] = [[]]
        while let path = pending.popLast() {
            for name in try sandbox.names(in: staged(path)) {
                let child = path.isEmpty ? name[...] : (path + [slash] + name)[...]
                if try !move(child) { pending.append(child) }
            }
        }
        try sandbox.removeTree(at: folder)
    }

    private func staged(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        path.isEmpty ? folder : (folder + [slash] + path)[...]
    }

    /// Moves one thing with all that is in it.
    ///
    /// - Returns: `false` where a folder is there already and what is in it must be moved.
    private func move(_ path: ArraySlice<UInt8>) throws(ConfinedFilesError) -> Bool {
        guard let new = try sandbox.status(at: staged(path)) else { return true }
        if let old = try sandbox.status(at: path) {
            switch (new.kind, old.kind) {
            case (.directory, .directory):
                if named.contains(Array(path)) { try sandbox.setMode(new.mode, ofDirectory: path) }
                return false
            case (.directory, .symlink) where isFolder(path): return false
            case (.directory, _): try sandbox.removeFile(at: path)
            case (_, .directory): try sandbox.removeDirectory(at: path)
            default: break
            }
        }
        do throws(ConfinedFilesError) {
            try sandbox.rename(staged(path), to: path)
        } catch {
            // A folder that forbids writing to its owner cannot be given another parent.
            guard error.code == EACCES, new.kind == .directory else { throw error }
            try sandbox.setMode(new.mode | 0o700, ofDirectory: staged(path))
            try sandbox.rename(staged(path), to: path)
            try sandbox.setMode(new.mode, ofDirectory: path)
        }
        return true
    }

    private func isFolder(_ path: ArraySlice<UInt8>) -> Bool {
        (try? sandbox.names(in: path)) != nil
    }
}

private let slash = UInt8(ascii: "/")
