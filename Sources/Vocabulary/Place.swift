/// A place in a file or in a member of an archive.
public struct Place: Sendable, Hashable {
    /// The file's path as the user knows it.
    public var file: String
    /// The member's name, where the file is an archive.
    public var member: String?
    /// The line, from 1.
    public var line: Int?
    /// The column in Unicode scalars, from 1.
    public var column: Int?

    /// A place in `file`; whatever is not known is left out.
    public init(file: String, member: String? = nil, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.member = member
        self.line = line
        self.column = column
    }
}

extension Place: CustomStringConvertible {
    /// The place as people click on it: `FILE:LINE:COLUMN`, a member in parentheses.
    public var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if line != nil, let column { text += ":\(column)" }
        if let member { text += " (\(member))" }
        return text
    }
}
