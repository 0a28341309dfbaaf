import Glibc

/// A thread of this library's own for work that blocks; whoever starts it joins it.
@safe final class WorkerThread: Sendable {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let thread: pthread_t

    /// Starts `body` on a new thread.
    ///
    /// - Throws: ``ArchiveFault`` where the system has no thread to give.
    init(_ body: @escaping @Sendable () -> Void) throws(ArchiveFault) {
        var thread = pthread_t()
        let work = unsafe Unmanaged.passRetained(Work(body))
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                }
                return nil
            }, work.toOpaque())
        guard code == 0 else {
            unsafe work.release()
            let reason = unsafe String(cString: strerror(code))
            throw ArchiveFault(.system, "cannot start a thread: \(reason)")
        }
        self.thread = thread
    }

    /// Waits for the end of the thread.
    func join() {
        pthread_join(thread, nil)
    }
}
