import ConfinedFiles
import Fetcher
import Glibc
import Vocabulary

/// The cache of one command: the directory that the caller names, or one of its own that goes with
/// it, as the cache of an agent goes with the agent.
final class CommandCache: Sendable {
    let cache: FetchCache
    private let temporary: WorkDirectory?

    init(at path: String?, size: ByteSize?, revalidates: Bool) throws(CommandFailure) {
        let own: WorkDirectory? = path == nil ? try WorkDirectory(nil) : nil
        temporary = own
        let capacity = size?.bytes ?? 2 << 30
        do throws(ConfinedFilesError) {
            cache = try FetchCache(
                at: path ?? own?.path ?? "", capacity: capacity, revalidates: revalidates)
        } catch {
            _ = own?.remove()
            let advice =
                error.code == EPERM
                ? "others may write there: take that right away, or name another" : error.advice
            throw CommandFailure(
                "--fetcher-cache-dir: \(error.description.terminalSafe); \(advice)")
        }
    }

    /// Removes a cache of the command's own.
    func remove() {
        _ = temporary?.remove()
    }
}
