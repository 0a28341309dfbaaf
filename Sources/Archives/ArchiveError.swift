import Vocabulary

/// Why an archive was not unpacked, or not wholly.
public struct ArchiveError: Error, Sendable, Hashable {
    /// The archive's name, as it was given.
    public let archive: String
    /// What was wrong and where.
    public let fault: ArchiveFault
    /// How many members were there before; they stay.
    public let membersBefore: Int
    /// The name of the member that was under way, as bytes.
    ///
    /// It is not whole, and nothing of it stays. `nil` where the fault lies between two members.
    public internal(set) var unfinished: [UInt8]?
    /// Whether nothing was to be unpacked.
    var isOfReading = false
    /// What was done before, which stays.
    public internal(set) var summary = ExtractionSummary()

    /// A file could not be made for what comes out of `archive`.
    ///
    /// - Parameters:
    ///   - archive: The archive's name.
    ///   - message: What the system says.
    public init(archive: String, system message: String) {
        self.archive = archive
        fault = ArchiveFault(.system, message)
        membersBefore = 0
    }

    init(archive: String, fault: ArchiveFault, membersBefore: Int) {
        self.archive = archive
        self.fault = fault
        self.membersBefore = membersBefore
    }

    /// The stable code of the fault.
    public var code: ArchiveFault.Code { fault.code }

    /// The fault in words, without the archive's name.
    public var reason: String {
        guard fault.code != .notAnArchive, fault.code != .unsupported else { return reasonAlone }
        let members = membersBefore == 1 ? "1 member was" : "\(membersBefore) members were"
        return "\(reasonAlone); \(members) \(isOfReading ? "read" : "unpacked") before\(remains)"
    }

    /// The fault in words, without what was there before: for whoever keeps nothing of it.
    public var reasonAlone: String {
        var text = ""
        switch fault.code {
        case .damaged: text = "damaged: "
        case .truncated: text = "truncated: "
        case .refused: text = "refused: "
        default: break
        }
        if let member = fault.member {
            let name = String(decoding: member, as: UTF8.self).terminalSafe
            text += (name.isEmpty ? "\"\"" : name) + ": "
        }
        // Names of links' targets and of files stand in it as they are.
        text += fault.message.terminalSafe
        text += place
        if let detail = fault.detail { text += " (\(detail.terminalSafe))" }
        return text
    }
}

extension ArchiveError {
    /// What became of the member under way, where nothing names it yet.
    private var remains: String {
        guard let unfinished, fault.member == nil else { return "" }
        let name = String(decoding: unfinished, as: UTF8.self).terminalSafe
        return isOfReading ? "; \(name) is not whole" : "; \(name) was not whole and is removed"
    }

    /// Where it is: in the file, and in what comes out of it.
    private var place: String {
        if let offset = fault.inputOffset {
            let unpacked = fault.offset.map { ", \($0) bytes unpacked" } ?? ""
            return " at byte \(offset)\(unpacked)"
        }
        guard let offset = fault.offset else { return "" }
        let input = fault.inputBound.map { ", before byte \($0) of the file" } ?? ""
        return " at byte \(offset) of the unpacked stream\(input)"
    }
}

extension ArchiveError: CustomStringConvertible {
    /// One line: archive, what it means, member, place, and what was unpacked before.
    public var description: String { "\(archive.terminalSafe): \(reason)" }
}
