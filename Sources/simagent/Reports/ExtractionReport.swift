import Archives
import Vocabulary

/// Schema `simagent.extract/1`.
struct ExtractionReport: Encodable {
    struct Skipped: Encodable {
        let member: String
        let because: String
    }

    let schema = "simagent.extract/1"
    let members: Int
    let files: Int
    let directories: Int
    let links: Int
    let bytes: UInt64
    let skipped: [Skipped]
    let notes: [String]
    let seconds: Double
    /// The member that was under way, of which nothing stays.
    let unfinished: String?
    let error: String?

    init(_ summary: ExtractionSummary, after duration: Duration, _ failure: ArchiveError?) {
        members = summary.members
        files = summary.files
        directories = summary.directories
        links = summary.links
        bytes = summary.bytes
        skipped = summary.skipped.map {
            Skipped(member: String(decoding: $0.member, as: UTF8.self), because: $0.because)
        }
        notes = summary.notes
        seconds = duration / .seconds(1)
        unfinished = failure?.unfinished.map { String(decoding: $0, as: UTF8.self) }
        error = failure?.description
    }

    /// One line for a person, and one for each member that was passed over.
    var text: String {
        let folders = counted(directories, "directory", "directories")
        var text =
            "\(counted(members, "member")): \(counted(files, "file")), \(folders), "
            + "\(counted(links, "link")); \(counted(bytes, "byte"))\n"
        for member in skipped {
            text += "skipped \(member.member.terminalSafe): \(member.because)\n"
        }
        return text
    }
}
