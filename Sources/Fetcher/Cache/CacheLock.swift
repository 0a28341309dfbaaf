import ConfinedFiles
import Glibc
import Synchronization
import Vocabulary

/// The lock that all who change a cache's directory hold while they do: threads of this process,
/// and other processes.
///
/// It is held for a handful of system calls, never during a transfer, and the kernel gives it back
/// when its holder dies.
final class CacheLock: Sendable {
    private let directory: ConfinedDirectory
    private let turn = Mutex(())

    /// The lock's file in the cache's directory.
    static let name = Array("lock".utf8)

    init(in directory: ConfinedDirectory) {
        self.directory = directory
    }

    /// Runs `body` while nobody else changes the directory.
    func locked<Value>(
        _ body: () throws(ConfinedFilesError) -> Value
    ) throws(ConfinedFilesError) -> Value {
        let result: Result<Value, ConfinedFilesError> = turn.withLock { _ in
            do throws(ConfinedFilesError) {
                let file = try directory.openOrCreateFile(at: Self.name[...], mode: 0o600)
                while flock(file.number, LOCK_EX) != 0 {
                    guard errno == EINTR else {
                        throw ConfinedFilesError(operation: "lock", path: "lock", code: errno)
                    }
                }
                let value = try body()
                _ = file.close()
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

extension Descriptor {
    /// Locks the file without waiting.
    ///
    /// - Parameter isExclusive: Whether nobody else may have a lock.
    /// - Returns: Whether it is locked now.
    func lockNow(isExclusive: Bool) -> Bool {
        flock(number, (isExclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0
    }

    /// Waits until nobody holds the file exclusively.
    ///
    /// - Returns: `false` where the wait was cancelled.
    func waitUntilShared(_ cancellation: Cancellation?) -> Bool {
        var pause = timespec(tv_sec: 0, tv_nsec: 5_000_000)
        while !lockNow(isExclusive: false) {
            if cancellation?.isCancelled == true { return false }
            unsafe nanosleep(&pause, nil)
            // Short at first, as most waits are; then 20 times a second.
            pause.tv_nsec = min(pause.tv_nsec * 2, 50_000_000)
        }
        return true
    }
}
