import ConfinedFiles

/// Where a request's file goes in the sandbox, and how Mesos treats it there.
struct ArtifactTarget {
    /// A plain path beneath the sandbox.
    let path: String
    /// How it is unpacked by its name; `nil` where it is not.
    let suffix: ArchiveSuffix?

    /// Finds the target of a request that was validated.
    ///
    /// - Parameters:
    ///   - request: What the task asks for.
    ///   - behavior: The Mesos that fetches.
    /// - Throws: ``FetchError`` where it names no file.
    init(of request: ArtifactRequest, behavior: MesosBehavior) throws(FetchError) {
        var path = try ArtifactName.basename(of: request.uri)
        if let file = request.outputFile, behavior.knowsOutputFile { path = file }
        let parts = path.split(separator: "/").filter { $0 != "." }
        let plain = parts.joined(separator: "/")
        if parts.contains(where: { $0.utf8.count > 255 }) {
            throw FetchError(
                .unwritable, uri: request.uri, "its file name is longer than 255 bytes",
                advice: "give it a shorter one with destPath (output_file)")
        }
        guard !path.hasSuffix("/"), ConfinedDirectory.isPlain(plain.utf8) else {
            throw FetchError(
                .unwritable, uri: request.uri, "`destination` was a directory",
                advice: "name a file in the URI or in destPath")
        }
        self.path = plain
        // Executable beats extract (`fetchBypassingCache`).
        suffix =
            request.extract && !request.executable
            ? ArchiveSuffix(of: plain, behavior: behavior) : nil
    }
}
