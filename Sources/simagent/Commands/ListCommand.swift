import Archives
import ArgumentParser
import Vocabulary

/// `simagent list ARCHIVE`.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", _superCommandName: "simagent",
        abstract: "Say what an archive holds, without unpacking it.")

    @OptionGroup var source: ArchiveOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let interruption = Interruption()
        let isText = output.format == .text
        let isQuiet = output.quiet
        let list = ListedMembers()
        var contents = ArchiveContents()
        var failure: ArchiveError?
        do throws(ArchiveError) {
            contents = try readArchive(
                at: source.archive, limits: source.limits, options: source.reading,
                cancellation: interruption.cancellation
            ) { member in
                let listed = ListedMember(member)
                // Text goes out as it comes: a million members need no memory.
                if isText {
                    if !isQuiet { Console.write(listed.line) }
                } else {
                    list.write(listed)
                }
            }
        } catch {
            failure = error
        }
        for note in contents.notes where !isQuiet {
            Console.writeError("simagent: warning: \(note)\n")
        }
        let ending = failure.map(CommandFailure.init)
        Console.expect(ending)
        if !isText {
            let format = contents.format.isEmpty ? nil : contents.format
            try list.end(with: ListReport(format: format, error: failure?.description))
        }
        if let ending { throw ending }
    }
}

/// Schema `simagent.list/1`, all but its members.
private struct ListReport: Encodable {
    let schema = "simagent.list/1"
    let format: String?
    let error: String?
}

/// The members of a list as JSON, which go out as they come: a million need no memory.
private final class ListedMembers {
    private var isEmpty = true

    func write(_ member: ListedMember) {
        let text = (try? JSONReport.encode(member)) ?? ""
        var lines = isEmpty ? "{\n  \"members\" : [" : ","
        for line in text.split(separator: "\n") { lines += "\n    " + line }
        Console.write(lines)
        isEmpty = false
    }

    /// Closes the list, and writes what else there is to say.
    func end(with report: ListReport) throws {
        let head = isEmpty ? "{\n  \"members\" : [\n\n  ],\n" : "\n  ],\n"
        Console.write(head + (try JSONReport.encode(report)).dropFirst(2))
    }
}

/// One member as JSON, and as the line that `tar -tv` would print.
struct ListedMember: Encodable {
    let name: String
    let type: String
    let size: Int64
    let mode: String
    let mtime: Int64
    let target: String?

    init(_ member: TarMember) {
        name = String(decoding: member.name, as: UTF8.self)
        type = member.kind.rawValue
        size = member.size
        mode = Self.octal(member.mode)
        mtime = member.mtime
        target =
            member.target.isEmpty ? nil : String(decoding: member.target, as: UTF8.self)
    }

    /// Type and permissions, size, UTC time, name and target; what could drive a terminal is
    /// escaped.
    var line: String {
        let digits = String(size)
        let padding = String(repeating: " ", count: max(0, 12 - digits.count))
        let arrow = type == "hardlink" ? " link to " : " -> "
        let link = target.map { arrow + $0.terminalSafe } ?? ""
        return "\(letters) \(padding)\(digits) \(time) \(name.terminalSafe)\(link)\n"
    }

    private var letters: String {
        let first = [
            "directory": "d", "symlink": "l", "hardlink": "h", "fifo": "p",
            "character-device": "c", "block-device": "b",
        ]
        let bits = UInt32(mode, radix: 8) ?? 0
        let flags = "rwxrwxrwx".enumerated().map { index, letter in
            bits >> (8 - UInt32(index)) & 1 == 1 ? letter : "-"
        }
        return (first[type] ?? "-") + String(flags)
    }

    private var time: String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (days, second) = (mtime.flooredQuotient(by: 86_400), mtime.remainder(by: 86_400))
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days.
        let shifted = days + 719_468
        let (era, ofEra) = (shifted.flooredQuotient(by: 146_097), shifted.remainder(by: 146_097))
        let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let day = ofYear - (153 * month + 2) / 5 + 1
        let isNextYear = month >= 10
        let shownYear = year + era * 400 + (isNextYear ? 1 : 0)
        let shownMonth = isNextYear ? month - 9 : month + 3
        return "\(shownYear)-\(two(shownMonth))-\(two(day)) "
            + "\(two(second / 3_600)):\(two(second / 60 % 60))"
    }

    private static func octal(_ mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension Int64 {
    fileprivate func remainder(by divisor: Int64) -> Int64 {
        let rest = self % divisor
        return rest < 0 ? rest + divisor : rest
    }

    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }
}
