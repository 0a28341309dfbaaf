/// What an archive may do beneath the directory; none lets anything be made outside of it.
///
/// A table of differences, one property each, so that code asks for the property and never for
/// the policy.
public struct ExtractionPolicy: Sendable, Hashable {
    /// The stable name: `hardened` or `mesos`.
    public let name: String
    /// Links that lead out are made as they are (and never written through), with a note.
    let makesLinksThatLeadOut: Bool
    /// Links among the parents of a name are followed where they stay inside.
    let followsLinksInside: Bool
    /// A file among the parents of a name gives way to a directory.
    let replacesFilesAmongParents: Bool
    /// Permission bits that files and directories keep, before the umask.
    let modeMask: UInt32
    /// Permission bits that directories get whatever the archive says.
    let directoryMinimum: UInt32
    /// Named pipes are made.
    let makesPipes: Bool
    /// A file of no bytes is an archive of no members.
    let takesEmptyFiles: Bool
    /// Compression inside of compression is taken off as well, layer by layer.
    let stacksFilters: Bool
    /// It is said where Mesos' own libarchive would do something else.
    let comparesWithMesos: Bool
    /// A hard link to itself is no error where the file exists.
    let takesLinksToThemselves: Bool
    /// A file of no bytes whose name ends in a slash is a directory in every dialect.
    let takesSlashForDirectory: Bool
    /// A member that names the directory itself sets its time.
    let setsTimeOfRoot: Bool

    /// For a stranger's archive.
    public static let hardened = ExtractionPolicy(
        name: "hardened", makesLinksThatLeadOut: false, followsLinksInside: false,
        replacesFilesAmongParents: false, modeMask: 0o755, directoryMinimum: 0o700,
        makesPipes: false, takesEmptyFiles: false, stacksFilters: false, comparesWithMesos: false,
        takesLinksToThemselves: true, takesSlashForDirectory: false, setsTimeOfRoot: false)

    /// What Mesos does by libarchive with `TIME` and `SECURE_NODOTDOT`, but for what would be
    /// written outside.
    public static let mesos = ExtractionPolicy(
        name: "mesos", makesLinksThatLeadOut: true, followsLinksInside: true,
        replacesFilesAmongParents: true, modeMask: 0o777, directoryMinimum: 0, makesPipes: true,
        takesEmptyFiles: true, stacksFilters: true, comparesWithMesos: true,
        takesLinksToThemselves: false, takesSlashForDirectory: true, setsTimeOfRoot: true)
}
