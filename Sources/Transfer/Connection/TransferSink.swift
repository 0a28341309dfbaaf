import Vocabulary

/// Where a running transfer puts what comes; lives on the thread of the transfer.
final class TransferSink {
    typealias Receive = (borrowing Span<UInt8>) throws -> Void

    private let receive: Receive
    private let onHead: (TransferHead) throws -> Void
    private let onProgress: (TransferProgress) -> Void
    private let cancellation: Cancellation?
    private let resumeOffset: UInt64
    private(set) var statusLine = ""
    private(set) var headers: [(name: String, value: String)] = []
    private(set) var bytes: UInt64 = 0
    private(set) var thrown: (any Error)?
    private var headerBytes = 0
    private var headIsTold = false
    private var lastProgress: TransferProgress?

    /// No honest server sends more; an endless one must not fill the memory.
    private static let maxHeaderBytes = 1 << 20

    init(
        receive: @escaping Receive, onHead: @escaping (TransferHead) throws -> Void,
        onProgress: @escaping (TransferProgress) -> Void, cancellation: Cancellation?,
        resumeOffset: UInt64
    ) {
        self.receive = receive
        self.onHead = onHead
        self.onProgress = onProgress
        self.cancellation = cancellation
        self.resumeOffset = resumeOffset
    }

    var isCancelled: Bool { cancellation?.isCancelled == true }

    /// The status of the last response whose headers came.
    var status: Int {
        let words = statusLine.split(separator: " ", maxSplits: 2)
        return words.count > 1 ? Int(words[1]) ?? 0 : 0
    }

    func takeHeader(_ line: String) -> Bool {
        headerBytes += line.utf8.count
        guard headerBytes <= Self.maxHeaderBytes else { return false }
        if line.hasPrefix("HTTP/") {
            // Redirects, `100 Continue` and a proxy's answer come before: the last block counts.
            statusLine = String(line.prefix { !$0.isNewline })
            headers = []
        } else if let colon = line.firstIndex(of: ":") {
            headers.append(
                (line[..<colon].lowercased(), trimmed(line[line.index(after: colon)...])))
        }
        return true
    }

    func take(_ span: borrowing Span<UInt8>) -> Bool {
        guard !isCancelled else { return false }
        do {
            try tellHead()
            try receive(span)
        } catch {
            thrown = error
            return false
        }
        bytes += UInt64(span.count)
        return true
    }

    /// Tells the head once, before the first byte, or at the end where no byte came.
    func tellHead() throws {
        guard !headIsTold else { return }
        headIsTold = true
        try onHead(TransferHead(status: status, headers: headers))
    }

    func tick(done: Int, of total: Int) -> Bool {
        guard !isCancelled else { return false }
        let progress = TransferProgress(
            bytes: resumeOffset + UInt64(max(0, done)),
            total: total > 0 ? resumeOffset + UInt64(total) : nil)
        if progress != lastProgress {
            lastProgress = progress
            onProgress(progress)
        }
        return true
    }

    private func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
