import LocatedJSON
public import Vocabulary

/// A definition as Marathon takes it: an app, several, a pod or a group, and what is wrong in it.
///
/// ```swift
/// let definition = MarathonDefinition(parsing: text, file: "app.json")
/// for violation in definition.violations { print(violation.id, violation.path) }
/// for task in definition.tasks { print(task.id, task.image ?? "no image") }
/// ```
public struct MarathonDefinition: Sendable {
    /// The forms in which a definition comes.
    public enum Form: String, Sendable {
        case app
        case appArray = "app-array"
        case wrappedApp = "wrapped-app"
        case pod
        case group
    }

    /// Which form it is; an app where it is no JSON at all.
    public let form: Form
    /// Why Marathon refuses it; empty where it does not.
    public let violations: [Violation]
    /// What is worth knowing though Marathon accepts it.
    public let findings: [Finding]
    /// What it asks of Mesos, one for each app and each container of a pod; empty where it is
    /// refused.
    public let tasks: [TaskDefinition]

    /// Whether Marathon accepts it.
    public var isValid: Bool { violations.isEmpty }

    /// Reads a definition; whatever is wrong is told in ``violations``.
    ///
    /// - Parameters:
    ///   - text: The JSON text.
    ///   - file: Its name, for the places of findings.
    ///   - features: What Marathon was started with.
    ///   - agent: What the agents are like, for what only some versions do.
    public init(
        parsing text: [UInt8], file: String, features: MarathonFeatures = MarathonFeatures(),
        agent: AgentTraits = AgentTraits()
    ) {
        var walk = DefinitionWalk(file: file, features: features, agent: agent)
        do throws(JSONSyntaxError) {
            let document = try JSONDocument(parsing: text, limits: JSONLimits(maxDepth: 10_000))
            if let trailing = document.trailingOffset {
                throw JSONSyntaxError(
                    reason: .unexpectedByte(text[trailing], expected: .end),
                    location: document.location(ofOffset: trailing))
            }
            form = Self.form(of: document.root)
            walk.read(document.root, form)
            violations = walk.violations.violations
        } catch {
            form = .app
            violations = [
                Violation(
                    id: "J-SYNTAX", path: "", message: "this is not JSON: \(error.description)",
                    advice: "mend the text at that place", location: error.location)
            ]
        }
        tasks = violations.isEmpty ? walk.tasks : []
        findings = walk.findings.sorted
    }

    /// How a definition's form is found: by the members that only one form has.
    private static func form(of root: JSONValue) -> Form {
        if root.kind == .array { return .appArray }
        if root["containers"]?.kind == .array { return .pod }
        let names = Set(root.members.map(\.name))
        if names == ["app"] && root["app"]?.kind == .object
            || names == ["apps"] && root["apps"]?.kind == .array
        {
            return .wrappedApp
        }
        // `scaleBy` belongs to groups alone.
        if root["apps"]?.kind == .array || root["groups"]?.kind == .array || names == ["scaleBy"]
            || names == ["id", "scaleBy"]
        {
            return .group
        }
        return .app
    }
}
