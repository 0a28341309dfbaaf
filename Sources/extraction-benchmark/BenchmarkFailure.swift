import Glibc

/// Why nothing could be measured, in one line for a person.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// A call of the system failed.
    init(failed operation: String, _ path: String) {
        let reason = unsafe String(cString: strerror(errno))
        description = "cannot \(operation) \(path): \(reason)"
    }
}
