import Glibc

/// What lies below a directory, so that two extractions can be told apart.
struct Tree {
    /// One path's type, mode as the policy makes it, size, time and target.
    private struct Entry: Equatable {
        var type: UInt32
        var mode: UInt32
        var size: Int
        var seconds: Int
        var nanoseconds: Int
        /// The target of a link, or the first name of the same file.
        var target = ""
    }

    private let root: String
    private let start: Int
    private var entries: [String: Entry] = [:]
    private var names: [UInt64: String] = [:]

    /// Reads a tree.
    ///
    /// - Parameters:
    ///   - root: The directory that holds it.
    ///   - start: When it was begun, in seconds since 1970: a directory that is younger was made
    ///     on demand, and its time says nothing.
    /// - Throws: ``BenchmarkFailure`` where it cannot be read.
    init(_ root: String, begunAt start: Int) throws(BenchmarkFailure) {
        self.root = root
        self.start = start
        try visit("")
    }

    /// How many paths there are.
    var count: Int { entries.count }

    private mutating func visit(_ folder: String) throws(BenchmarkFailure) {
        let path = "\(root)/\(folder)"
        guard let stream = unsafe opendir(path) else {
            throw BenchmarkFailure(failed: "read", path)
        }
        var found: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { found.append(name) }
        }
        unsafe closedir(stream)
        for name in found.sorted() {
            let below = folder.isEmpty ? name : "\(folder)/\(name)"
            if try add(below) { try visit(below) }
        }
    }

    /// Adds a path, and says whether it is a directory.
    private mutating func add(_ path: String) throws(BenchmarkFailure) -> Bool {
        var status = stat()
        guard unsafe lstat("\(root)/\(path)", &status) == 0 else {
            throw BenchmarkFailure(failed: "read", path)
        }
        let type = status.st_mode & S_IFMT
        // Both sides in the terms of the hardened policy: nothing writable to others, and a
        // directory that its owner can enter.
        var mode = status.st_mode & 0o755
        if type == S_IFDIR { mode |= 0o700 }
        var entry = Entry(
            type: type, mode: type == S_IFLNK ? 0 : mode,
            size: type == S_IFREG ? Int(status.st_size) : 0, seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec)
        if type == S_IFDIR, entry.seconds >= start {
            entry.seconds = 0
            entry.nanoseconds = 0
        }
        if type == S_IFLNK {
            var buffer = [CChar](repeating: 0, count: 4_097)
            let count = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
                unsafe buffer.baseAddress.map {
                    unsafe readlink("\(root)/\(path)", $0, 4_096)
                } ?? -1
            }
            entry.target = String(
                decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        } else if type == S_IFREG, status.st_nlink > 1 {
            let first = names[UInt64(status.st_ino)] ?? path
            names[UInt64(status.st_ino)] = first
            entry.target = first
        }
        entries[path] = entry
        return type == S_IFDIR
    }

    /// The first difference from the tree of the reference, in words.
    ///
    /// - Parameters:
    ///   - reference: What GNU tar made of the same archive.
    ///   - isStrict: Whether times of links and directories count, which some tools leave alone.
    /// - Returns: `nil` where there is none.
    func difference(from reference: Tree, isStrict: Bool) -> String? {
        var contents = FileContents()
        for (path, expected) in reference.entries.sorted(by: { $0.key < $1.key }) {
            guard var entry = entries[path] else { return "\(path) is missing" }
            // GNU tar leaves a directory the time of a file that it made there after it had set the
            // directory's own.
            let isTouched = expected.type == S_IFDIR && expected.seconds == 0
            if !isStrict && expected.type != S_IFREG || isTouched {
                entry.seconds = expected.seconds
                entry.nanoseconds = expected.nanoseconds
            }
            guard entry == expected else { return "\(path) is \(entry), not \(expected)" }
            if expected.type == S_IFREG,
                !contents.areSame("\(root)/\(path)", "\(reference.root)/\(path)")
            {
                return "\(path) holds something else"
            }
        }
        return entries.count == reference.entries.count
            ? nil : "\(entries.count) paths, not \(reference.entries.count)"
    }
}
