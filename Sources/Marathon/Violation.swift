public import LocatedJSON

/// Why Marathon refuses a definition.
public struct Violation: Sendable, Hashable {
    /// The stable id, `J-TYPE` or `PULLCFG-UNDEFINED`.
    public let id: String
    /// The JSON path in Marathon's spelling, `/fetch(0)/uri`.
    public let path: String
    /// What is wrong; one line.
    public let message: String
    /// What to do.
    public let advice: String
    /// Where in the text.
    public let location: JSONLocation?
}
