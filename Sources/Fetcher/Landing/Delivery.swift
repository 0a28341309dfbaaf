import Crypto

/// Hands what a source streams to every place where it lands, and measures it on the way.
final class Delivery: ContentSink {
    /// The bytes so far.
    private(set) var bytes: UInt64 = 0
    /// What the source said of the content.
    private(set) var head = ContentHead()
    private let sinks: [any ContentSink]
    private let observe: (ContentHead, UInt64) -> Void
    private var hasBegun = false
    private var hash = SHA256()

    /// A delivery to several places.
    ///
    /// - Parameters:
    ///   - sinks: Each gets every piece, in this order.
    ///   - observe: Told of the head and of the bytes so far.
    init(
        to sinks: [any ContentSink], observe: @escaping (ContentHead, UInt64) -> Void = { _, _ in }
    ) {
        self.sinks = sinks
        self.observe = observe
    }

    func begin(_ head: ContentHead) throws(FetchError) {
        guard !hasBegun else { return }
        hasBegun = true
        self.head = head
        for sink in sinks { try sink.begin(head) }
        observe(head, 0)
    }

    func receive(_ piece: borrowing Span<UInt8>) throws(FetchError) {
        for sink in sinks { try sink.receive(piece) }
        unsafe piece.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        bytes += UInt64(piece.count)
        observe(head, bytes)
    }

    /// Says that all came.
    ///
    /// - Returns: SHA-256 of the content, 64 hexadecimal digits.
    func finish() throws(FetchError) -> String {
        // A source without anything to say has no head, and an empty file no piece.
        try begin(ContentHead())
        return hexadecimal(hash.finalize())
    }
}

/// Bytes as digits, in lower case.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
}
