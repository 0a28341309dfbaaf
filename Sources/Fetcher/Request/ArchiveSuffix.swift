/// How Mesos decides by a file's name what is unpacked, and by what.
///
/// Mirrors `extract` of Mesos' `src/launcher/fetcher.cpp`: a case-sensitive test of the suffix.
public enum ArchiveSuffix: Sendable {
    /// One of `.tar .tgz .tar.gz .tbz2 .tar.bz2 .txz .tar.xz .zip`: unpacked as an archive,
    /// whose format the content tells.
    case archive
    /// Any other name ending in `.gz`: one file, unpacked by `gunzip` into the sandbox's root.
    case bareGzip

    /// What Mesos makes of a file name; `nil` where it is copied as it is.
    public init?(of name: String, behavior: MesosBehavior) {
        let archives = [".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz", ".zip"]
        if archives.contains(where: name.hasSuffix)
            || behavior.unpacksPlainTar && name.hasSuffix(".tar")
        {
            self = .archive
        } else if behavior.unpacksBareGzip, name.hasSuffix(".gz") {
            self = .bareGzip
        } else {
            return nil
        }
    }
}
