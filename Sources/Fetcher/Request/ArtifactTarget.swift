import ConfinedFiles

/// Where a request's file goes in the sandbox, and how Mesos treats it there.
struct ArtifactTarget {
    /// A plain path beneath the sandbox.
    let path: String
    /// How it is unpacked by its name; `nil` where it is not.
    let suffix: ArchiveSuffix?
    /// What a bare gzip becomes: the file's name without `.gz`, in the sandbox's root.
    let inflatedName: String
    /// Whether the file itself appears in the sandbox, next to what comes out of it.
    let keepsFile: Bool

    /// Finds the target of a request that was validated.
    ///
    /// Through the cache the name that decides is the cached file's, which ends as the URI does,
    /// and an archive is unpacked straight from there (`fetchFromCache`).
    ///
    /// - Parameters:
    ///   - request: What the task asks for.
    ///   - behavior: The Mesos that fetches.
    ///   - cachedName: The name that decides, where its bytes come from the cache.
    /// - Throws: ``FetchError`` where it names no file.
    init(
        of request: ArtifactRequest, behavior: MesosBehavior, toldBy cachedName: String? = nil
    ) throws(FetchError) {
        let name = try ArtifactName.basename(of: request.uri)
        var path = name
        if let file = request.outputFile, behavior.knowsOutputFile { path = file }
        let parts = path.split(separator: "/").filter { $0 != "." }
        let plain = parts.joined(separator: "/")
        if parts.contains(where: { $0.utf8.count > 255 }) {
            throw FetchError(
                .unwritable, uri: request.uri, "its file name is longer than 255 bytes",
                advice: "give it a shorter one with destPath (output_file)")
        }
        guard !parts.contains("..") else {
            throw FetchError(
                .invalidOutputFile, uri: request.uri,
                "output file '\(redacted(path))' has a '..', which Mesos would follow out of the"
                    + " sandbox", advice: "take '..' out of it")
        }
        guard !path.hasSuffix("/"), ConfinedDirectory.isPlain(plain.utf8) else {
            throw FetchError(
                .unwritable, uri: request.uri, "`destination` was a directory",
                advice: "name a file in the URI or in destPath")
        }
        self.path = plain
        let decisive = cachedName ?? plain
        // Executable beats extract (`fetchBypassingCache`).
        suffix =
            (request.extract || !behavior.knowsExtract) && !request.executable
            ? ArchiveSuffix(of: decisive, behavior: behavior) : nil
        keepsFile = cachedName == nil || suffix == nil
        let last = decisive.split(separator: "/").last.map(String.init) ?? decisive
        inflatedName = suffix == .bareGzip ? String(last.dropLast(3)) : last
    }
}
