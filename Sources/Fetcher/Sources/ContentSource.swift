import Vocabulary

/// Where an artifact's bytes come from: a file of the agent, a server, or a client program.
///
/// A source knows how to get bytes; where they land (a sandbox, the cache, an archive that is
/// unpacked on the way) is the sink's affair, and when they are asked for is the caller's.
protocol ContentSource: Sendable {
    /// What is known of the content without taking it: `HEAD`, `SIZE`, `stat`.
    ///
    /// - Parameter cancellation: Polled at least once a second.
    /// - Returns: The length above all, which the cache reserves.
    /// - Throws: ``FetchError``; a status that is no success is none, as Mesos does not look at it,
    ///   and stands in ``ContentHead/status``.
    func look(cancellation: Cancellation?) throws(FetchError) -> ContentHead

    /// Streams the whole content, from its first byte to its last, each once.
    ///
    /// Blocks the thread. A transfer that was cut is continued by the source itself where that is
    /// safe; the sink sees nothing of it.
    ///
    /// - Parameters:
    ///   - sink: Told of the head once, then of the bytes, on the calling thread.
    ///   - known: What an earlier transfer of the same URI was like: a source that finds the
    ///     content unchanged sends nothing and says so.
    ///   - cancellation: Polled at least once a second.
    /// - Returns: What came.
    /// - Throws: ``FetchError``; what the sink throws passes through as it is.
    func send(
        to sink: any ContentSink, unlessStill known: ContentHead?, cancellation: Cancellation?
    ) throws(FetchError) -> ContentReceipt
}

/// Takes what a source streams.
protocol ContentSink: AnyObject {
    /// Called once, before the first byte; not where the content is unchanged.
    func begin(_ head: ContentHead) throws(FetchError)
    /// Takes the next bytes, borrowed for the call.
    func receive(_ piece: borrowing Span<UInt8>) throws(FetchError)
}

/// What a source says of its content: claims, until the bytes are there.
struct ContentHead: Sendable, Hashable {
    /// The length in bytes, `nil` where the source does not say.
    var length: UInt64?
    /// The value of `ETag`, quotes and `W/` included.
    var entityTag: String?
    /// The value of `Last-Modified`, or the file's time in whatever form tells two contents apart.
    var lastModified: String?
    /// The status of the answer; 0 where the source has none.
    var status = 0
    /// The permission bits that a copy gets, less the umask; `nil` for 0644.
    var mode: UInt32?

    /// A head of which nothing is known.
    init() {}

    /// Whether a later transfer can be compared with it.
    var isComparable: Bool { entityTag != nil || lastModified != nil }
}

/// What came of a transfer.
struct ContentReceipt: Sendable, Hashable {
    /// Whether the content is still what was known, and nothing was sent.
    var isUnchanged = false
    /// How often a transfer that was cut was continued.
    var continuations = 0
    /// Where redirects led, without secrets; `nil` where there was none.
    var redirectedTo: String?

    /// A transfer without anything special.
    init() {}
}
