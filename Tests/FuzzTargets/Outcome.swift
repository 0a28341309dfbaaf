import Archives
import Vocabulary

/// How an archive ended.
struct Outcome: CustomStringConvertible {
    /// The code of the fault, `nil` for none.
    var code: ArchiveFault.Code?
    var words = ""
    var members = 0
    var bytes: UInt64 = 0

    var isWhole: Bool { code == nil }
    var description: String { isWhole ? "\(members) members of \(bytes) bytes" : words }

    static let limits: ExtractionLimits = {
        var limits = ExtractionLimits()
        limits.maxBytes = 8 << 20
        limits.maxMembers = 200
        return limits
    }()

    init(listing path: String, named name: String) {
        var last = 0
        do throws(ArchiveError) {
            let contents = try readArchive(
                at: path, named: name, limits: Self.limits,
                onData: { last &+= $0.count }, onMember: { last &+= $0.name.count })
            members = contents.members
            bytes = contents.bytes
        } catch {
            fail(error)
        }
    }

    init(
        pushing archive: [UInt8], by size: Int, into jail: Jail, named name: String,
        _ policy: ExtractionPolicy, inflatedBy backEnd: InflateBackEnd
    ) {
        var options = ArchiveReadingOptions()
        options.backEnd = backEnd
        options.threads = 1
        do throws(ArchiveError) {
            var extraction = ArchiveExtraction(
                of: name, into: jail.directory, limits: Self.limits, policy: policy,
                options: options)
            var index = 0
            while index < archive.count {
                let piece = archive[index..<min(index + size, archive.count)]
                try extraction.push(piece.span)
                index += size
            }
            succeed(try extraction.finish())
        } catch {
            fail(error)
        }
    }

    init(
        unpacking path: String, into jail: Jail, named name: String, _ policy: ExtractionPolicy
    ) {
        var options = ArchiveReadingOptions()
        options.threads = 2
        do throws(ArchiveError) {
            succeed(
                try extractArchive(
                    at: path, into: jail.directory, named: name, limits: Self.limits,
                    policy: policy, options: options))
        } catch {
            fail(error)
        }
    }

    private mutating func succeed(_ summary: ExtractionSummary) {
        members = summary.members
        bytes = summary.bytes
    }

    private mutating func fail(_ error: ArchiveError) {
        code = error.code
        words = error.description
        members = error.membersBefore
    }

    /// Whether both ways came to the same end; the words depend on the pieces.
    ///
    /// Of a deflate stream that is damaged and cut off zlib may say the one and ISA-L the other,
    /// and ISA-L and libbz2 may give less of what came before the damage: there, both must fail.
    func agrees(with other: Outcome, isCompressed: Bool) -> Bool {
        if isCompressed, code != nil { return other.code != nil }
        return code == other.code && members == other.members && bytes == other.bytes
    }
}
