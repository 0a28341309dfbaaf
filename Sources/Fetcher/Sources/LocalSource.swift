import ConfinedFiles
import Glibc
import Vocabulary

/// A file of the agent itself.
///
/// Mirrors `copyFile` of `src/launcher/fetcher.cpp`: links are followed, and the copy has the
/// source's mode less the umask, without its set-id bits.
struct LocalSource: ContentSource {
    let path: String
    let uri: String
    /// Whether it is another source's copy, whose own time and number say nothing.
    var isPassing = false

    func look(cancellation: Cancellation?) throws(FetchError) -> ContentHead {
        head(of: try openFile().status)
    }

    func send(
        to sink: any ContentSink, unlessStill known: ContentHead?, cancellation: Cancellation?
    ) throws(FetchError) -> ContentReceipt {
        let file = try openFile()
        let head = head(of: file.status)
        var receipt = ContentReceipt()
        if let known, known.isComparable, known.lastModified == head.lastModified {
            receipt.isUnchanged = true
            return receipt
        }
        try sink.begin(head)
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            if cancellation?.isCancelled == true { throw .interrupted(uri) }
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe read(file.descriptor.number, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(unsafe String(cString: strerror(errno))) }
            if count == 0 { return receipt }
            try sink.receive(buffer.span.extracting(first: count))
        }
    }

    private struct OpenFile: ~Copyable {
        let descriptor: Descriptor
        let status: stat
    }

    private func openFile() throws(FetchError) -> OpenFile {
        // O_NONBLOCK: a pipe of that name must not hold the reader.
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else { throw unreadable(unsafe String(cString: strerror(errno))) }
        let descriptor = Descriptor(owning: number)
        var status = stat()
        guard unsafe fstat(descriptor.number, &status) == 0 else {
            throw unreadable(unsafe String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw unreadable("`source` was a directory")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw unreadable("it is no regular file") }
        return OpenFile(descriptor: descriptor, status: status)
    }

    private func head(of status: stat) -> ContentHead {
        var head = ContentHead()
        head.length = UInt64(clamping: status.st_size)
        head.mode = status.st_mode & 0o777
        guard !isPassing else { return head }
        head.lastModified =
            "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(status.st_ino) \(status.st_size)"
        return head
    }

    private func unreadable(_ reason: String) -> FetchError {
        FetchError(
            .unreadable, uri: uri, "cannot read \(redacted(path)): \(reason)",
            advice: "the file must be on every agent, readable by the task's user")
    }
}
