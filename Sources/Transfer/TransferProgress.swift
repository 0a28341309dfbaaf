/// How far a transfer has come.
public struct TransferProgress: Sendable, Hashable {
    /// The bytes that are there, resumed ones included.
    public let bytes: UInt64
    /// All bytes as the server claims them, `nil` where it says nothing.
    public let total: UInt64?
}

/// Status and headers of a response, known before its first byte of content.
public struct TransferHead: Sendable {
    /// The status of HTTP; 0 for FTP, which has none.
    public let status: Int
    /// The headers, names in lower case, in order.
    public let headers: [(name: String, value: String)]

    /// The first value of a header.
    ///
    /// - Parameter name: Its name in lower case.
    public subscript(header name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
