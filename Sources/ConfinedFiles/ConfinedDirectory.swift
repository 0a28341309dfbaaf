import CLinux
import Glibc

/// A directory as the boundary of all that is written: names are resolved beneath it, and no
/// link, neither one from before nor one made on the way, leads out of it.
///
/// Parents are opened by `openat2` with `RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
/// RESOLVE_NO_MAGICLINKS`, or component by component with `O_NOFOLLOW` where the kernel lacks it,
/// and the last component is worked on by `…at` calls that do not follow. Paths are bytes,
/// relative, with single slashes and without `.` and `..`; see ``isPlain(_:)``.
public final class ConfinedDirectory: Sendable {
    private let descriptor: Descriptor
    /// Whether links among the parents are followed where they stay beneath this directory.
    private let followsLinksInside: Bool

    /// Opens a directory that exists.
    ///
    /// - Parameter path: An ordinary path; links in it are followed, it is the caller's.
    /// - Throws: ``ConfinedFilesError`` with operation `open`.
    public init(opening path: String) throws(ConfinedFilesError) {
        let number = unsafe Glibc.open(path, O_DIRECTORY | O_RDONLY | O_CLOEXEC)
        guard number >= 0 else {
            throw ConfinedFilesError(operation: "open", path: path, code: errno)
        }
        descriptor = Descriptor(owning: number)
        followsLinksInside = false
    }

    /// Opens a directory, and makes it first where only its parent exists.
    ///
    /// - Parameters:
    ///   - path: An ordinary path; links in it are followed, it is the caller's.
    ///   - mode: Permission bits of a directory that is made, less the umask.
    /// - Throws: ``ConfinedFilesError`` with operation `create the directory` or `open`.
    public convenience init(
        opening path: String, makingWith mode: UInt32
    ) throws(ConfinedFilesError) {
        guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else {
            throw ConfinedFilesError(operation: "create the directory", path: path, code: errno)
        }
        try self.init(opening: path)
    }

    /// Opens a directory, and makes it with all that is missing above it.
    ///
    /// - Parameters:
    ///   - path: An ordinary path; links in it are followed, it is the caller's.
    ///   - mode: Permission bits of the directories above, less the umask.
    ///   - last: Permission bits of the directory itself, less the umask.
    /// - Throws: ``ConfinedFilesError`` with operation `create the directory` or `open`.
    public convenience init(
        opening path: String, makingAllWith mode: UInt32, last: UInt32
    ) throws(ConfinedFilesError) {
        let parts = path.split(separator: "/")
        var prefix = path.hasPrefix("/") ? "/" : ""
        for part in parts.dropLast() {
            prefix += part + "/"
            guard unsafe mkdir(prefix, mode) == 0 || errno == EEXIST || errno == EROFS else {
                throw ConfinedFilesError(
                    operation: "create the directory", path: prefix, code: errno)
            }
        }
        try self.init(opening: prefix + (parts.last ?? ""), makingWith: last)
    }

    private init(owning descriptor: consuming Descriptor, followsLinksInside: Bool = false) {
        self.descriptor = descriptor
        self.followsLinksInside = followsLinksInside
    }

    /// The same boundary, with links among the parents of a path followed where the kernel can
    /// tell that they stay beneath it; one that leads out is an error as before.
    ///
    /// - Returns: A directory of its own descriptor.
    /// - Throws: ``ConfinedFilesError`` with operation `open`.
    public func followingLinksInside() throws(ConfinedFilesError) -> ConfinedDirectory {
        ConfinedDirectory(owning: try openDirectory([]), followsLinksInside: true)
    }

    /// The directory beneath this one at `path`, as a boundary of its own.
    ///
    /// - Parameter path: A plain relative path.
    /// - Returns: The directory.
    /// - Throws: ``ConfinedFilesError`` where it is missing, no directory, or behind a link.
    public func directory(at path: String) throws(ConfinedFilesError) -> ConfinedDirectory {
        let bytes = Array(path.utf8)
        let opened = try openDirectory(bytes[...])
        return ConfinedDirectory(owning: opened)
    }

    /// Whether `path` is one that this type takes: relative, no empty, `.` or `..` component, no
    /// NUL, no component over 255 bytes.
    ///
    /// - Parameter path: The bytes of a path.
    /// - Returns: `false` for the empty path as well.
    public static func isPlain(_ path: some Collection<UInt8>) -> Bool {
        var component = (count: 0, dots: 0)
        // One pass without an allocation: every parent that is opened comes by here.
        for byte in path {
            if byte == slash {
                guard isPlain(component) else { return false }
                component = (0, 0)
            } else {
                if byte == 0 { return false }
                component.count += 1
                if byte == dot { component.dots += 1 }
            }
        }
        return isPlain(component)
    }

    private static func isPlain(_ component: (count: Int, dots: Int)) -> Bool {
        component.count > 0 && component.count <= 255
            && !(component.count == component.dots && component.count <= 2)
    }

    /// The descriptor's number, valid while this value lives; for `/proc/self/fd`.
    public var number: Int32 { descriptor.number }

    /// Opens the directory at `path` beneath this one; an empty path is this directory itself.
    ///
    /// - Parameters:
    ///   - path: A plain relative path, or an empty one.
    ///   - access: `O_RDONLY`, or `O_PATH` where nothing is read from the descriptor.
    /// - Returns: The directory's descriptor.
    /// - Throws: ``ConfinedFilesError`` where it is missing, no directory, or behind a link.
    func openDirectory(
        _ path: ArraySlice<UInt8>, flags access: Int32 = O_RDONLY
    ) throws(ConfinedFilesError) -> Descriptor {
        let flags = O_DIRECTORY | access | O_CLOEXEC
        let text = path.isEmpty ? [dot] : Array(path)
        if text.count < 4_096 {
            // A ".." of a link is not walked while anything is renamed anywhere: openat2(2) wants
            // it tried again.
            var number: Int32
            repeat {
                number = unsafe withCString(text) {
                    unsafe clinux_openat2(
                        descriptor.number, $0, UInt64(flags), 0,
                        clinux_resolve_beneath | clinux_resolve_no_magiclinks
                            | (followsLinksInside ? 0 : clinux_resolve_no_symlinks))
                }
            } while number < 0 && errno == EAGAIN
            if number >= 0 { return Descriptor(owning: number) }
            guard errno == ENOSYS || errno == EPERM else { throw failure("open", path, errno) }
        }
        return try openByComponents(path, flags: flags)
    }

    private func openByComponents(
        _ path: ArraySlice<UInt8>, flags: Int32
    ) throws(ConfinedFilesError) -> Descriptor {
        var current = Descriptor(owning: fcntl(descriptor.number, F_DUPFD_CLOEXEC, 0))
        guard current.number >= 0 else { throw failure("open", path, errno) }
        for component in path.split(separator: slash) {
            let number = unsafe withCString(Array(component)) {
                unsafe openat(current.number, $0, flags | O_NOFOLLOW)
            }
            guard number >= 0 else { throw failure("open", path, errno) }
            current = Descriptor(owning: number)
        }
        return current
    }

    /// The directory that holds the last component of a path, and that component.
    struct Parent: ~Copyable {
        let directory: Descriptor
        let name: [UInt8]

        var number: Int32 { directory.number }
    }

    /// Opens the parent of `path`.
    func openParent(of path: ArraySlice<UInt8>) throws(ConfinedFilesError) -> Parent {
        guard Self.isPlain(path) else { throw failure("open", path, EINVAL) }
        guard let last = path.lastIndex(of: slash) else {
            return Parent(directory: try openDirectory([]), name: Array(path))
        }
        return Parent(
            directory: try openDirectory(path[..<last]), name: Array(path[(last + 1)...]))
    }

    func failure(
        _ operation: String, _ path: ArraySlice<UInt8>, _ code: Int32
    ) -> ConfinedFilesError {
        ConfinedFilesError(
            operation: operation, path: String(decoding: path, as: UTF8.self), code: code)
    }
}

let slash = UInt8(ascii: "/")
let dot = UInt8(ascii: ".")

/// Calls `body` with the bytes as a C string; a NUL inside would end it early.
func withCString<Result>(
    _ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result
) -> Result {
    let terminated = bytes + [0]
    return unsafe terminated.withUnsafeBufferPointer { buffer in
        // The buffer is never empty: it holds the NUL at least.
        unsafe body(
            UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped)
                .assumingMemoryBound(to: CChar.self))
    }
}
