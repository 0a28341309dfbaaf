/// How far an extraction has come.
public struct ExtractionProgress: Sendable, Hashable {
    /// Members of any kind that were read.
    public let members: Int
    /// Bytes of all files so far.
    public let bytes: UInt64

    init(_ summary: ExtractionSummary) {
        members = summary.members
        bytes = summary.bytes
    }
}
