/// Whether Marathon sets `extract` for one of the old `uris`.
///
/// Mirrors `FetchUri.isExtract`: the path of the URI, without query and fragment, ends in an
/// archive's suffix, compared with its case. What does not parse or has no path is none.
func isGuessedArchive(_ uri: String) -> Bool {
    guard let path = JavaURI(uri)?.path else { return false }
    return [
        ".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".gz", ".tgz", ".tbz2", ".txz", ".zip",
    ].contains(where: path.hasSuffix)
}
