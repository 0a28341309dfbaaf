import Foundation

/// The page of a library, whose example a test compiles as well.
public struct DocumentationPage {
    private let text: String

    /// The page of a target of this package.
    ///
    /// - Parameter target: The target's name.
    /// - Throws: What the system says where there is none.
    public init(of target: String) throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sources")
        text = try String(
            contentsOf: sources.appendingPathComponent("\(target)/\(target).docc/\(target).md"),
            encoding: .utf8)
    }

    /// Whether the page's first example, imports aside, stands word for word in a source file.
    ///
    /// - Parameter file: The path of a file that the compiler has accepted.
    /// - Returns: `true` where every line follows the one before, whatever the indentation.
    /// - Throws: What the system says where the file cannot be read.
    public func exampleStands(in file: String) throws -> Bool {
        let wanted = Self.lines(
            of: text.split(separator: "```", omittingEmptySubsequences: false)
                .dropFirst().first ?? ""
        )
        .dropFirst()
        .filter { !$0.hasPrefix("import ") }
        let found = Self.lines(of: try String(contentsOfFile: file, encoding: .utf8)[...])
        return !wanted.isEmpty
            && found.indices.contains { found[$0...].starts(with: wanted) }
    }

    private static func lines(of text: Substring) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}
