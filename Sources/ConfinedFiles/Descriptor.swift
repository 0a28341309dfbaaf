import Glibc

/// An open file descriptor, closed when its owner goes.
public struct Descriptor: ~Copyable, Sendable {
    /// The number, for a system call while this value lives.
    public let number: Int32

    /// Takes over an open descriptor.
    public init(owning number: Int32) {
        self.number = number
    }

    deinit {
        _ = Glibc.close(number)
    }

    /// Closes now and says whether the file system kept everything that was written.
    ///
    /// - Returns: 0, or `errno`: a full disk may show only here.
    public consuming func close() -> Int32 {
        let number = number
        discard self
        return Glibc.close(number) == 0 ? 0 : errno
    }
}
