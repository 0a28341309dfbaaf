import LocatedJSON
import Transfer
import Vocabulary

/// A file of HDFS over its REST interface.
///
/// Mirrors Hadoop's `WebHdfsFileSystem`: the namenode tells the file's status, and its answer to
/// `OPEN` leads to a datanode. A download that was cut goes on at its offset if the file is still
/// the same. Of several namenodes the first one is asked that is no standby.
struct WebHDFSSource: ContentSource {
    let uri: String
    /// The file's absolute path, as it is written in the URI: nothing in it is encoded.
    let path: String
    /// `http://HOST:9870`, of the namenode and its standbys.
    let addresses: [String]
    let user: String?
    let settings: TransferSettings

    func look(cancellation: Cancellation?) throws(FetchError) -> ContentHead {
        try activeNamenode(cancellation).head
    }

    func send(
        to sink: any ContentSink, unlessStill known: ContentHead?, cancellation: Cancellation?
    ) throws(FetchError) -> ContentReceipt {
        let (namenode, head) = try activeNamenode(cancellation)
        var receipt = ContentReceipt()
        if let known, known.isComparable, known.lastModified == head.lastModified,
            known.length == head.length
        {
            receipt.isUnchanged = true
            return receipt
        }
        let headed = HeadedSink(head, sink)
        let download = ContinuedDownload(
            client: TransferClient(settings: settings), uri: uri,
            rest: { (offset, _) throws(FetchError) in
                guard case .head(let now) = try status(at: namenode, cancellation), now == head
                else { return nil }
                return (request(namenode, "OPEN", offset: offset), 200)
            },
            refusal: { (response, page) in
                refused(RemoteException(status: response.status, page: page), namenode)
            })
        receipt = try download.send(
            request(namenode, "OPEN"), to: headed, cancellation: cancellation)
        guard headed.total == head.length ?? headed.total else {
            throw failure(
                "\(headed.total) bytes came where the namenode had said \(head.length ?? 0)",
                advice: "try again")
        }
        // Every file of HDFS comes by way of a redirect.
        receipt.redirectedTo = nil
        return receipt
    }

    /// Tells the sink what the namenode knows: a datanode's headers say less.
    private final class HeadedSink: ContentSink {
        private let head: ContentHead
        private let sink: any ContentSink
        private(set) var total: UInt64 = 0

        init(_ head: ContentHead, _ sink: any ContentSink) {
            self.head = head
            self.sink = sink
        }

        func begin(_: ContentHead) throws(FetchError) { try sink.begin(head) }

        func receive(_ piece: borrowing Span<UInt8>) throws(FetchError) {
            try sink.receive(piece)
            total += UInt64(piece.count)
        }
    }

    /// The first namenode that is up and no standby, and what it says of the file.
    private func activeNamenode(
        _ cancellation: Cancellation?
    ) throws(FetchError) -> (namenode: WebHDFSNamenode, head: ContentHead) {
        var last: FetchError?
        for address in addresses {
            let namenode = WebHDFSNamenode(address, user: user)
            switch try status(at: namenode, cancellation) {
            case .head(let head): return (namenode, head)
            case .unavailable(let error): last = error
            }
        }
        throw last ?? failure("no namenode is known", advice: "give --webhdfs NAMENODE=URL")
    }

    private enum Status {
        case head(ContentHead)
        /// Another namenode may know.
        case unavailable(FetchError)
    }

    private func request(
        _ namenode: WebHDFSNamenode, _ operation: String, offset: UInt64 = 0
    ) -> TransferRequest {
        TransferRequest(
            url: namenode.url(of: path, operation, offset: offset), login: namenode.login)
    }

    private func status(
        at namenode: WebHDFSNamenode, _ cancellation: Cancellation?
    ) throws(FetchError) -> Status {
        let response: TransferResponse
        let content: [UInt8]
        do throws(TransferError) {
            (response, content) = try TransferClient(settings: settings).content(
                of: request(namenode, "GETFILESTATUS"), maxBytes: 1 << 20,
                cancellation: cancellation)
        } catch {
            guard error.code == .unreachable || error.code == .unknownHost else {
                throw .transfer(error, uri)
            }
            return .unavailable(.transfer(error, uri))
        }
        guard response.status == 200 else {
            let exception = RemoteException(status: response.status, page: content)
            let error = refused(exception, namenode)
            if exception.isStandby { return .unavailable(error) }
            throw error
        }
        guard let status = (try? JSONDocument(parsing: content).root)?["FileStatus"],
            let type = status["type"]?.stringValue
        else {
            throw failure(
                "\(namenode.host) answers with something that is no file's status",
                advice: "check that the address is WebHDFS's")
        }
        guard type != "DIRECTORY" else {
            throw FetchError(
                .unreadable, uri: uri, "`source` was a directory", advice: "name a file of it")
        }
        var head = ContentHead()
        head.status = 200
        head.length = status["length"]?.numberText.flatMap { UInt64($0) }
        head.lastModified = status["modificationTime"]?.numberText
        return .head(head)
    }

    private func refused(
        _ exception: RemoteException, _ namenode: WebHDFSNamenode
    ) -> FetchError {
        FetchError(
            .transferFailed, uri: uri,
            "HDFS at \(namenode.host) answers HTTP \(exception.status)"
                + (exception.name.map { " (\($0))" } ?? "") + ": "
                + exception.words(path: redacted(path), user: namenode.user),
            advice: exception.advice)
    }

    private func failure(_ reason: String, advice: String) -> FetchError {
        FetchError(
            .transferFailed, uri: uri, "Error downloading resource: \(reason)", advice: advice)
    }
}
