import Glibc

/// Compares what files hold, a piece at a time, in memory that is there once for all of them.
struct FileContents {
    private static let size = 256 << 10
    private var one = [UInt8](repeating: 0, count: size)
    private var other = [UInt8](repeating: 0, count: size)

    /// Whether two files can be read and hold the same bytes.
    mutating func areSame(_ onePath: String, _ otherPath: String) -> Bool {
        let files = unsafe (
            open(onePath, O_RDONLY | O_CLOEXEC), open(otherPath, O_RDONLY | O_CLOEXEC)
        )
        defer {
            close(files.0)
            close(files.1)
        }
        while true {
            let count = Self.read(files.0, &one)
            guard count >= 0, Self.read(files.1, &other) == count else { return false }
            if count == 0 { return true }
            guard one[..<count] == other[..<count] else { return false }
        }
    }

    private static func read(_ file: Int32, _ buffer: inout [UInt8]) -> Int {
        unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe bytes.baseAddress.map { unsafe Glibc.read(file, $0, bytes.count) } ?? -1
        }
    }
}
