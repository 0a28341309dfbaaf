import LocatedJSON
public import Vocabulary

/// What is wrong with a credentials file for the registries that are wanted: rules C, H, V, K, P.
///
/// A fault that hides all others (no JSON, another layout, a wrong type) speaks alone.
///
/// - Parameters:
///   - text: The file's bytes.
///   - name: Its name for a person; the place of every finding.
///   - layout: The layout that the client expects under that name.
///   - context: Docker, the keys that are wanted, programs, time.
/// - Returns: Findings with places in the file, the weightiest first.
public func findings(
    aboutText text: [UInt8], named name: String, layout: ConfigFile.Layout, context: ReviewContext
) -> [Finding] {
    var sink = FindingSink(file: name)
    var review = TextRules(text: text, layout: layout)
    if let document = review.document(&sink) {
        do throws(ConfigFileError) {
            let file = try ConfigFile(parsing: text, layout: layout, behavior: context.behavior)
            FieldRules(layout: layout).review(document.root, &sink)
            FileRules(file: file, document: document, layout: layout, context: context)
                .review(&sink)
        } catch {
            let id: String =
                switch error.reason {
                case .syntax, .unreadable: "C03"
                case .crash: "C06"
                case .type: error.message.hasPrefix("the top level") ? "C06" : "C07"
                }
            sink.add(
                id, at: error.location,
                id == "C07"
                    ? "Docker decodes no auth of \(name): \(error.message)"
                    : "Docker gets no credential from \(name): \(error.message)")
        }
    }
    return sink.findings.byWeight
}

/// The same about a file that a client has found.
///
/// - Parameters:
///   - source: The file that the client reads.
///   - context: Docker, the keys that are wanted, programs, time.
/// - Returns: Findings with places in the file, the weightiest first.
public func findings(about source: DockerPull.Source, context: ReviewContext) -> [Finding] {
    if case .failure(let error) = source.content, error.reason == .unreadable {
        var sink = FindingSink(file: source.file)
        // The system's words for a folder, and for a file in the place of one.
        if ["Is a directory", "Not a directory"].contains(error.message) {
            sink.add("A08", "\(source.file) is no regular file: \(error.message)")
        } else {
            sink.add("A10", "\(source.file) cannot be read: \(error.message)")
        }
        return sink.findings
    }
    return findings(
        aboutText: source.text, named: source.file,
        layout: source.file.hasSuffix(".dockercfg") ? .dockercfg : .config, context: context)
}
