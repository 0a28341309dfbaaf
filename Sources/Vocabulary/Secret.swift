/// Bytes that must not be shown: a password, a token, an `auth` value.
///
/// It prints as `***`, cannot be encoded, and gives its bytes only to ``reveal()``.
public struct Secret: Sendable, Hashable {
    private let bytes: [UInt8]

    /// Keeps `bytes` out of sight.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Keeps the UTF-8 bytes of `text` out of sight.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The bytes themselves; for the one who sends or was asked to print them, nobody else.
    public func reveal() -> [UInt8] {
        bytes
    }

    /// Whether there is nothing to hide.
    public var isEmpty: Bool { bytes.isEmpty }

    /// The length in bytes.
    public var count: Int { bytes.count }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `***`.
    public var description: String { "***" }
    /// Always `***`.
    public var debugDescription: String { "***" }
    /// A mirror without children, so that `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
