import ConfinedFiles
import Glibc

/// Small files that wait to be made: whichever thread would otherwise be idle makes them.
///
/// The data stay where they are, in the slot that the batch holds until its files are made.
struct FileBatch: Sendable {
    private struct File: Sendable {
        let parent: Int
        let path: Range<Int>
        let data: Range<Int>
        let mode: UInt32
        let time: FileTime
    }

    /// A file that could not be made.
    struct Failure: Sendable {
        let fault: ArchiveFault
        /// The files and bytes of the batch that were not made.
        let files: Int
        let bytes: UInt64
    }

    /// What of the batches was counted and not made.
    struct Unmade: Sendable {
        var files = 0
        var bytes: UInt64 = 0

        mutating func add(_ failure: Failure) {
            files += failure.files
            bytes += failure.bytes
        }

        mutating func add(_ other: Unmade) {
            files += other.files
            bytes += other.bytes
        }
    }

    /// Parents that one batch keeps open, so that the batches together stay far below what a process
    /// may open: 32 where that is the usual 1,024.
    static let maxParents: Int = {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return 1
        }
        return max(1, min(32, (Int(min(limit.rlim_cur, 1_024)) - 24) / 16))
    }()

    /// Bytes of paths that one batch takes before its last: a slot of empty files has more than a
    /// thousand, which may be of 4 KiB each.
    private static let maxPathBytes = 64 << 10

    /// The order of the batches, from 1.
    var number = 1
    /// What holds the data; `nil` where they are written while they lie in the reader's piece.
    var slot: Slot?
    /// Paths one behind the other, each with a NUL.
    private var paths: [UInt8] = []
    private var parents: [ConfinedParent] = []
    private var files: [File] = []

    var isEmpty: Bool { files.isEmpty }
    /// Whether one more file may wait.
    var hasRoom: Bool { paths.count < Self.maxPathBytes }
    /// Whether one more parent may be kept open.
    var hasRoomForParent: Bool { parents.count < Self.maxParents }

    /// Puts a file's path behind those that are there.
    ///
    /// - Returns: Where the path lies without its NUL, `nil` for one that is not plain (absolute,
    ///   empty, dotted or doubled components): nothing is kept of it.
    mutating func addPath(
        of file: WholeFile, in piece: borrowing Span<UInt8>
    ) -> Range<Int>? {
        let start = paths.count
        switch file.name {
        case .inHeader(let header, let prefix, let name):
            if prefix > 0 {
                append(piece.extracting(header + 345..<header + 345 + prefix))
                paths.append(UInt8(ascii: "/"))
            }
            append(piece.extracting(header..<header + name))
        case .bytes(let name):
            append(name.span)
        }
        let path = start..<paths.count
        guard isPlain(path) else {
            paths.removeSubrange(path)
            return nil
        }
        paths.append(0)
        return path
    }

    /// Takes the last path away again.
    mutating func removePath(_ path: Range<Int>) {
        paths.removeSubrange(path.lowerBound...)
    }

    private mutating func append(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe paths.append(contentsOf: $0) }
    }

    private func isPlain(_ path: Range<Int>) -> Bool {
        var start = path.lowerBound
        guard path.count <= 4_095 else { return false }
        for index in path.lowerBound...path.upperBound {
            guard index == path.upperBound || paths[index] == UInt8(ascii: "/") else {
                if paths[index] == 0 { return false }
                continue
            }
            let count = index - start
            if count == 0 || count > 255 { return false }
            if paths[start] == UInt8(ascii: "."),
                count == 1 || count == 2 && paths[start + 1] == UInt8(ascii: ".")
            {
                return false
            }
            start = index + 1
        }
        return true
    }

    /// Where the last component of a path begins.
    func lastComponent(of path: Range<Int>) -> Int {
        var index = path.upperBound
        while index > path.lowerBound, paths[index - 1] != UInt8(ascii: "/") { index -= 1 }
        return index
    }

    /// The bytes of a path, or of a part of one.
    subscript(range: Range<Int>) -> ArraySlice<UInt8> { paths[range] }

    /// Whether a part of the paths is the same as `bytes`.
    func matches(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        guard range.count == bytes.count else { return false }
        for index in bytes.indices where paths[range.lowerBound + index] != bytes[index] {
            return false
        }
        return true
    }

    /// Keeps a parent open for the files that follow.
    mutating func add(_ parent: ConfinedParent) {
        parents.append(parent)
    }

    /// Puts a file into the batch, in the parent that was added last.
    mutating func add(_ file: WholeFile, at path: Range<Int>, mode: UInt32) {
        files.append(
            File(
                parent: parents.count - 1, path: path,
                data: file.dataStart..<file.dataStart + file.size, mode: mode, time: file.time))
    }

    /// Makes all files, in their order.
    ///
    /// - Returns: The first that could not be made; none behind it is made.
    func write() -> Failure? {
        guard let slot else { return nil }
        for (index, file) in files.enumerated() {
            do throws(ArchiveFault) {
                try slot.read { (bytes) throws(ArchiveFault) in
                    try write(
                        file.path, in: parents[file.parent], holding: bytes.extracting(file.data),
                        mode: file.mode, time: file.time)
                }
            } catch {
                let rest = files[index...]
                return Failure(
                    fault: error, files: rest.count,
                    bytes: rest.reduce(0) { $0 + UInt64($1.data.count) })
            }
        }
        return nil
    }

    /// Makes one file now.
    ///
    /// - Returns: `false` where something has its name already.
    func writeNew(
        _ path: Range<Int>, in parent: ConfinedParent, holding data: borrowing Span<UInt8>,
        mode: UInt32, time: FileTime
    ) throws(ArchiveFault) -> Bool {
        let name = lastComponent(of: path)..<path.upperBound + 1
        do throws(ConfinedFilesError) {
            try parent.makeFile(
                named: paths.span.extracting(name), holding: data, mode: mode, time: time)
            return true
        } catch {
            if error.isExisting { return false }
            throw ArchiveFault(error, member: Array(paths[path]))
        }
    }

    /// Makes one file now; what has its name already goes first.
    private func write(
        _ path: Range<Int>, in parent: ConfinedParent, holding data: borrowing Span<UInt8>,
        mode: UInt32, time: FileTime
    ) throws(ArchiveFault) {
        let name = lastComponent(of: path)..<path.upperBound + 1
        if try writeNew(path, in: parent, holding: data, mode: mode, time: time) { return }
        do throws(ConfinedFilesError) {
            try parent.remove(paths.span.extracting(name))
            try parent.makeFile(
                named: paths.span.extracting(name), holding: data, mode: mode, time: time)
        } catch {
            throw ArchiveFault(error, member: Array(paths[path]))
        }
    }

    /// Forgets files and parents but keeps the memory.
    mutating func clear() {
        slot = nil
        paths.removeAll(keepingCapacity: true)
        parents.removeAll(keepingCapacity: true)
        files.removeAll(keepingCapacity: true)
    }

    /// Files and bytes that the batch would make.
    var totals: (files: Int, bytes: UInt64) {
        (files.count, files.reduce(0) { $0 + UInt64($1.data.count) })
    }
}
