/// How far an extraction has come.
public struct ExtractionProgress: Sendable, Hashable {
    /// Members of any kind that were read.
    public let members: Int
    /// Bytes of all files so far.
    public let bytes: UInt64

    init(members: Int, bytes: UInt64) {
        self.members = members
        self.bytes = bytes
    }

    init(_ summary: ExtractionSummary) {
        members = summary.members
        bytes = summary.bytes
    }
}
