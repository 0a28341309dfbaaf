import ConfinedFiles
import Glibc

/// A private folder for what Hadoop's client copies; empty and gone when it is removed.
struct HadoopScratch {
    let path: String
    private let parent: ConfinedDirectory
    private let name: [UInt8]

    init(in folder: String, for uri: String) throws(FetchError) {
        do throws(ConfinedFilesError) {
            parent = try ConfinedDirectory(opening: folder)
            name = Array(".simagent-hadoop-\(UInt64.random(in: .min ... .max))".utf8)
            try parent.makeDirectory(at: name[...], mode: 0o700)
            path = folder + "/" + String(decoding: name, as: UTF8.self)
        } catch {
            throw FetchError(
                .unwritable, uri: uri, error.description, advice: error.advice)
        }
    }

    /// How many bytes lie in it: the client writes to another name and renames.
    var bytes: UInt64 {
        guard let folder = try? parent.directory(at: String(decoding: name, as: UTF8.self)),
            let names = try? folder.names()
        else { return 0 }
        return names.reduce(0) { sum, name in
            let status = try? folder.status(at: name[...])
            return sum &+ UInt64(clamping: status?.size ?? 0)
        }
    }

    func remove() {
        try? parent.removeTree(at: name[...])
    }
}
