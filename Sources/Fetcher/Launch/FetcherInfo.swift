import LocatedJSON
import Vocabulary

/// What an agent asks `mesos-fetcher` to do: the JSON of `MESOS_FETCHER_INFO`.
///
/// Read as stout's `protobuf::parse` does (`include/mesos/fetcher/fetcher.proto`): unknown keys are
/// ignored, `null` is the same as nothing, numbers and booleans may be strings, a list may be one
/// value without its brackets.
public struct FetcherInfo: Sendable, Hashable {
    /// What is done with an item.
    public enum Action: String, Sendable {
        /// It goes straight into the sandbox.
        case bypassCache = "BYPASS_CACHE"
        /// It goes into the cache, and from there into the sandbox.
        case downloadAndCache = "DOWNLOAD_AND_CACHE"
        /// It is in the cache already.
        case retrieveFromCache = "RETRIEVE_FROM_CACHE"
    }

    /// One artifact.
    public struct Item: Sendable, Hashable {
        /// What is fetched.
        public let request: ArtifactRequest
        /// By which way.
        public let action: Action
        /// The file's name in the cache.
        public let cacheFilename: String?
    }

    /// Where the artifacts go; never empty.
    public let sandboxDirectory: String
    /// The cache, with the user's own part of it.
    public let cacheDirectory: String?
    /// The artifacts, in order.
    public let items: [Item]
    /// With whose rights they are fetched.
    public let user: String?
    /// The base of relative paths.
    public let frameworksHome: String?
    /// How long no byte may come; in whole seconds, as libcurl takes it.
    public let stallTimeout: Duration?

    /// Why the JSON is none that an agent sends: an abort in Mesos.
    public struct Malformed: Error, Sendable, CustomStringConvertible {
        /// What is wrong, in one line without secrets.
        public let description: String
    }

    /// Reads the variable's value.
    ///
    /// - Parameter text: The bytes of `MESOS_FETCHER_INFO`.
    /// - Throws: ``Malformed``, in words close to Mesos' own.
    public init(parsing text: [UInt8]) throws(Malformed) {
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: text, limits: JSONLimits(maxBytes: 16 << 20))
        } catch {
            throw Malformed(description: "Failed to parse MESOS_FETCHER_INFO: \(error)")
        }
        guard document.trailingOffset == nil, document.root.kind == .object else {
            throw Malformed(
                description: "Failed to parse MESOS_FETCHER_INFO: it is not one JSON object")
        }
        let root = Message(document.root, name: "FetcherInfo")
        let sandbox = try root.required("sandbox_directory").string()
        guard !sandbox.isEmpty else { throw Malformed(description: "Missing sandbox directory") }
        sandboxDirectory = sandbox
        cacheDirectory = try root["cache_directory"]?.string()
        user = try root["user"]?.string()
        frameworksHome = try root["frameworks_home"]?.string()
        stallTimeout = try root["stall_timeout"]
            .map { field throws(Malformed) in
                try field.message().required("nanoseconds").integer()
            }
            .flatMap { $0 < 1_000_000_000 ? nil : .seconds($0 / 1_000_000_000) }
        var items: [Item] = []
        for field in root.list("items") { items.append(try Item(try field.message())) }
        self.items = items
    }

    /// Whether an item goes through the cache.
    public var needsCache: Bool { items.contains { $0.action != .bypassCache } }

    /// The request as it may be shown: URIs without their secrets, keys sorted as an agent's.
    public var redactedJSON: String {
        var fields: [(String, String)] = []
        if let cacheDirectory { fields.append(("cache_directory", quoted(cacheDirectory))) }
        if let frameworksHome { fields.append(("frameworks_home", quoted(frameworksHome))) }
        fields.append(("items", "[" + items.map(\.redactedJSON).joined(separator: ",") + "]"))
        fields.append(("sandbox_directory", quoted(sandboxDirectory)))
        if let stallTimeout {
            fields.append(
                ("stall_timeout", #"{"nanoseconds":\#(stallTimeout.components.seconds)000000000}"#))
        }
        if let user { fields.append(("user", quoted(user))) }
        return object(fields)
    }
}

extension FetcherInfo.Item {
    fileprivate init(_ message: Message) throws(FetcherInfo.Malformed) {
        let uri = try message.required("uri").message()
        request = ArtifactRequest(
            uri: try uri.required("value").string(), extract: try uri["extract"]?.bool() ?? true,
            executable: try uri["executable"]?.bool() ?? false,
            cache: try uri["cache"]?.bool() ?? false,
            outputFile: try uri["output_file"]?.string())
        let name = try message.required("action").string()
        guard let action = FetcherInfo.Action(rawValue: name) else {
            throw FetcherInfo.Malformed(
                description: "Failed to parse FetcherInfo: unknown action '\(name.terminalSafe)'")
        }
        self.action = action
        cacheFilename = try message["cache_filename"]?.string()
    }

    fileprivate var redactedJSON: String {
        var uri: [(String, String)] = []
        if request.cache { uri.append(("cache", "true")) }
        if request.executable { uri.append(("executable", "true")) }
        uri.append(("extract", "\(request.extract)"))
        if let file = request.outputFile { uri.append(("output_file", quoted(redacted(file)))) }
        uri.append(("value", quoted(redacted(request.uri))))
        var fields = [("action", quoted(action.rawValue))]
        // The cached file's name ends as the URI does.
        if let name = cacheFilename { fields.append(("cache_filename", quoted(redacted(name)))) }
        fields.append(("uri", object(uri)))
        return object(fields)
    }
}

/// A JSON object that stands for a message.
private struct Message {
    let value: JSONValue
    let name: String

    init(_ value: JSONValue, name: String) {
        self.value = value
        self.name = name
    }

    subscript(field: String) -> Field? {
        guard let value = value[field], value.kind != .null else { return nil }
        return Field(value: value, name: field)
    }

    func required(_ field: String) throws(FetcherInfo.Malformed) -> Field {
        guard let found = self[field] else {
            throw FetcherInfo.Malformed(
                description: "Failed to parse FetcherInfo: missing required field '\(field)' in"
                    + " \(name)")
        }
        return found
    }

    func list(_ field: String) -> [Field] {
        guard let found = self[field] else { return [] }
        guard found.value.kind == .array else { return [found] }
        return found.value.elements.map { Field(value: $0, name: field) }
    }
}

/// The value of a field.
private struct Field {
    let value: JSONValue
    let name: String

    func string() throws(FetcherInfo.Malformed) -> String {
        guard let text = value.stringValue, value.kind == .string else { throw wrong("a string") }
        return text
    }

    func bool() throws(FetcherInfo.Malformed) -> Bool {
        if let flag = value.boolValue { return flag }
        switch value.kind == .string ? value.stringValue : nil {
        case "true": return true
        case "false": return false
        default: throw wrong("true or false")
        }
    }

    func integer() throws(FetcherInfo.Malformed) -> Int64 {
        let text = value.numberText ?? (value.kind == .string ? value.stringValue : nil)
        guard let text else { throw wrong("a number") }
        if let number = Int64(text) { return number }
        guard let number = Double(text), number.isFinite, abs(number) < 9e18 else {
            throw wrong("a number")
        }
        return Int64(number)
    }

    func message() throws(FetcherInfo.Malformed) -> Message {
        guard value.kind == .object else { throw wrong("an object") }
        return Message(value, name: name)
    }

    private func wrong(_ expected: String) -> FetcherInfo.Malformed {
        FetcherInfo.Malformed(
            description: "Failed to parse FetcherInfo: '\(name)' must be \(expected)")
    }
}

private func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
}

private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: quoted.unicodeScalars.append(scalar)
        }
    }
    return quoted + "\""
}
