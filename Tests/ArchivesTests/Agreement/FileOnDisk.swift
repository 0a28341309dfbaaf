import Glibc

/// What `lstat` says of a path of any bytes.
struct FileOnDisk {
    let kind: String
    let mode: UInt32
    let size: Int64
    let seconds: Int64
    let nanoseconds: Int64
    let inode: UInt64
    let allocated: Int64
    let target: [UInt8]

    /// The file of that name, `nil` where there is none.
    init?(_ path: [UInt8]) {
        var status = stat()
        let name = path.map { CChar(bitPattern: $0) } + [0]
        guard unsafe lstat(name, &status) == 0 else { return nil }
        let format = status.st_mode & S_IFMT
        kind =
            switch format {
            case S_IFDIR: "directory"
            case S_IFLNK: "symlink"
            case S_IFREG: "file"
            case S_IFIFO: "fifo"
            default: "another"
            }
        mode = status.st_mode & 0o7777
        size = Int64(status.st_size)
        seconds = Int64(status.st_mtim.tv_sec)
        nanoseconds = Int64(status.st_mtim.tv_nsec)
        inode = UInt64(status.st_ino)
        allocated = Int64(status.st_blocks) * 512
        guard format == S_IFLNK else {
            target = []
            return
        }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe bytes.baseAddress.map { unsafe readlink(name, $0, bytes.count) } ?? -1
        }
        target = Array(buffer.prefix(max(0, count)))
    }

    /// Whether two files hold the same; what is a hole in both is not read.
    static func haveSameContents(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        let files = [first, second].map { path in
            unsafe open(path.map { CChar(bitPattern: $0) } + [0], O_RDONLY)
        }
        defer { for file in files { close(file) } }
        guard files.allSatisfy({ $0 >= 0 }) else { return false }
        // linux/fs.h; Glibc's module leaves it out.
        let seekData: Int32 = 3
        var buffers = [[UInt8](repeating: 0, count: 65_536), [UInt8](repeating: 0, count: 65_536)]
        var offset: off_t = 0
        while true {
            // ENXIO: nothing but a hole up to the end.
            let starts = files.map { lseek($0, offset, seekData) }.filter { $0 >= 0 }
            guard let start = starts.min() else { return true }
            let counts = [0, 1].map { index in
                unsafe buffers[index].withUnsafeMutableBytes {
                    unsafe pread(files[index], $0.baseAddress, $0.count, start)
                }
            }
            guard counts[0] == counts[1], counts[0] >= 0,
                buffers[0].prefix(counts[0]) == buffers[1].prefix(counts[1])
            else { return false }
            if counts[0] == 0 { return true }
            offset = start + counts[0]
        }
    }

    /// The permission bits that this process takes away from what it makes.
    static func umask() -> UInt32 {
        let mask = Glibc.umask(0o022)
        _ = Glibc.umask(mask)
        return mask
    }
}
