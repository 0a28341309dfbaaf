/// What a server answered, without the content.
public struct TransferResponse: Sendable {
    /// The status of HTTP, or the last reply of FTP; 0 where neither came.
    public let status: Int
    /// The headers of the last response, names in lower case, in order.
    public let headers: [(name: String, value: String)]
    /// Where redirects led; may hold user info and signatures.
    public let url: String
    /// How many redirects were followed.
    public let redirects: Int
    /// How many bytes of content came, those of ``TransferRequest/resumeOffset`` not counted.
    public let bytes: UInt64

    /// The first value of a header.
    ///
    /// - Parameter name: Its name in lower case.
    public subscript(header name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
