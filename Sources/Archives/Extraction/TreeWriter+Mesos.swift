import ConfinedFiles
import Glibc
import Vocabulary

/// What Mesos' own libarchive would do with a member (measured with Mesos 1.11's flags and with
/// libarchive 3.3.2 and 3.6.2), where that is something else.
extension TreeWriter {
    /// Notes what Mesos would do otherwise with a member that is made or passed over here.
    mutating func compareWithMesos(_ member: TarMember) {
        // Mesos never sets a locale: libarchive converts names for the C locale, which is ASCII.
        let isStrange = { (byte: UInt8) in byte < 0x20 || byte >= 0x7f }
        if member.name.contains(where: isStrange) || member.target.contains(where: isStrange) {
            note("Mesos fails or crashes at a name that is not plain ASCII (MESOS-9393)", member)
        }
        switch member.kind {
        case .characterDevice, .blockDevice:
            note("Mesos makes a device where it runs as root, and fails elsewhere", member)
        case .socket:
            note("Mesos fails at a socket", member)
        default: break
        }
    }

    /// Why a member was not made, with what Mesos would do where that is something else.
    func fault(for error: ConfinedFilesError) -> ArchiveFault {
        if policy.followsLinksInside, error.isMissing, error.operation != "link",
            leadsThroughLink(path[...])
        {
            return fault(
                .refused, "a part of its path is a symbolic link that leads nowhere")
        }
        let fault = ArchiveFault(error, member: member?.name)
        guard policy.comparesWithMesos, error.code == ELOOP || error.code == EXDEV else {
            return fault
        }
        return ArchiveFault(
            fault.code, "\(fault.message) that leads outside; Mesos would write there",
            member: fault.member)
    }

    /// Whether a part of a path is a symbolic link.
    private func leadsThroughLink(_ path: ArraySlice<UInt8>) -> Bool {
        (path.indices.filter { path[$0] == UInt8(ascii: "/") } + [path.endIndex]).contains {
            (try? boundary.status(at: path[..<$0]))?.kind == .symlink
        }
    }

    /// Notes that Mesos would take the archive for whole all the same.
    mutating func compareWithMesos(_ fault: ArchiveFault) {
        if policy.comparesWithMesos, fault.isOverlookedByLibarchive {
            note("Mesos' libarchive does not verify gzip's checksums: it would not notice")
        }
    }

    /// Notes something once, with the first member that it is about.
    mutating func note(_ text: String, _ member: TarMember) {
        guard !summary.notes.contains(where: { $0.hasPrefix(text) }) else { return }
        summary.notes.append(
            "\(text): \(String(decoding: member.name, as: UTF8.self).terminalSafe)")
    }
}

/// What is said where a file of no bytes is taken.
let emptyNote = "the file has no bytes; Mesos takes that for an archive without members"

/// What is said of a compression that the libarchive inside Mesos does not have built in.
func programNote(for filters: [String]) -> [String] {
    filters.filter { $0 != "gzip" }.map {
        "Mesos' own libarchive needs the program \($0) on every agent for such an archive"
    }
}
