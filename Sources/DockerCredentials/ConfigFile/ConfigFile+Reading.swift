import LocatedJSON
import Vocabulary

/// Reading as Go's `encoding/json` fills docker/cli's `ConfigFile`: names match in any case of
/// ASCII letters, later duplicates win, `null` is nothing, text behind the value is passed over.
extension ConfigFile {
    /// Reads a file's text.
    ///
    /// - Parameters:
    ///   - text: The file's bytes.
    ///   - layout: The layout that the client expects under the file's name.
    ///   - behavior: The client.
    /// - Throws: ``ConfigFileError``; the client then goes on without any credential.
    public init(
        parsing text: [UInt8], layout: Layout, behavior: DockerBehavior
    ) throws(ConfigFileError) {
        self = try Self.read(text, layout: layout, behavior: behavior)
        if let typeFault { throw typeFault }
    }

    /// Reads a file's text; a wrong type is in ``typeFault`` beside what Go filled all the same.
    static func read(
        _ text: [UInt8], layout: Layout, behavior: DockerBehavior
    ) throws(ConfigFileError) -> ConfigFile {
        switch layout {
        case .config: try readConfig(text, behavior)
        case .dockercfg: try readDockercfg(text, behavior)
        }
    }

    /// Mirrors `LoadFromReader` of `configfile/file.go`.
    private static func readConfig(
        _ text: [UInt8], _ behavior: DockerBehavior
    ) throws(ConfigFileError) -> ConfigFile {
        var file = ConfigFile()
        if behavior.acceptsEmptyFile, text.allSatisfy({ [0x20, 0x09, 0x0a, 0x0d].contains($0) }) {
            return file
        }
        let root: JSONValue
        do throws(GoJSON.Fault) {
            root = try GoJSON.parse(text, as: .stream)
        } catch {
            throw syntaxError(error, text)
        }
        if root.kind == .null {
            guard behavior.crashesOnNull else { return file }
            throw ConfigFileError(
                .crash, "Docker \(behavior.version) crashes on the null that it holds",
                at: root.location,
                clientText: "panic: runtime error: invalid memory address or nil pointer"
                    + " dereference")
        }
        if file.expects(root, .object, "the top level", "value of type configfile.ConfigFile") {
            file.fill(root, behavior)
        }
        guard file.typeFault == nil else { return file.undecoded }
        file.decodeEntries(behavior, readsPlain: behavior.readsPlainPassword)
        return file
    }

    /// Mirrors `LegacyLoadFromReader`: the whole text is one JSON object of entries, or else the
    /// oldest layout of two lines, whatever is wrong with the JSON.
    private static func readDockercfg(
        _ text: [UInt8], _ behavior: DockerBehavior
    ) throws(ConfigFileError) -> ConfigFile {
        var file = ConfigFile()
        do throws(GoJSON.Fault) {
            let root = try GoJSON.parse(text, as: .whole)
            let words = "value of type map[string]types.AuthConfig"
            if root.kind != .null, file.expects(root, .object, "the top level", words) {
                var read = GoMap<Entry>()
                file.readEntries(root, path: "", behavior, into: &read)
                file.entries = read.values
            }
        } catch {
            file.entries = [try twoLineEntry(text, error, behavior)]
            return file
        }
        guard var fault = file.typeFault else {
            // Both are overwritten with what `auth` holds, be it nothing.
            file.decodeEntries(behavior, readsPlain: false)
            return file
        }
        fault.clientText = twoLineFault(text, behavior) ?? fault.clientText
        file.typeFault = fault
        return file.undecoded
    }

    private static func syntaxError(_ fault: GoJSON.Fault, _ text: [UInt8]) -> ConfigFileError {
        ConfigFileError(
            .syntax, message(fault.text, text), at: fault.location, clientText: fault.text)
    }

    /// What is wrong with a text, where its first bytes say more than Go does.
    private static func message(_ words: String, _ text: [UInt8]) -> String {
        if text.starts(with: [0xef, 0xbb, 0xbf]) { return "it begins with a byte order mark" }
        if text.starts(with: [0xff, 0xfe]) || text.starts(with: [0xfe, 0xff]) {
            return "it is UTF-16, not UTF-8"
        }
        return "it is not JSON: \(words)"
    }

    /// The oldest layout: `auth = BASE64` and a second line; an entry for the Hub.
    private static func twoLineEntry(
        _ text: [UInt8], _ fault: GoJSON.Fault, _ behavior: DockerBehavior
    ) throws(ConfigFileError) -> Entry {
        func error(_ words: String) -> ConfigFileError {
            ConfigFileError(
                .syntax, message(fault.text, text), at: fault.location, clientText: words)
        }
        if let words = twoLineFault(text, behavior) { throw error(words) }
        let value = twoLines(text).first?.last ?? []
        do throws(DockerAuth.Fault) {
            let login = try DockerAuth(decoding: Array(value), behavior)
            var entry = Entry(key: ImageReference.hubKey, name: nil, auth: Secret(Array(value)))
            entry.take(login)
            return entry
        } catch {
            throw ConfigFileError(.syntax, "its first line is no login: \(error.text)")
        }
    }

    /// What the client says of a text that has not the two lines either.
    private static func twoLineFault(_ text: [UInt8], _ behavior: DockerBehavior) -> String? {
        let lines = twoLines(text)
        guard lines.count == 2 else { return "The Auth config file is empty" }
        let isWhole =
            lines[0].count == 2 && (lines[1].count == 2 || !behavior.wantsSecondDockercfgLine)
        return isWhole ? nil : "Invalid Auth config file"
    }

    /// The first two lines, each split at every ` = `.
    private static func twoLines(_ text: [UInt8]) -> [[ArraySlice<UInt8>]] {
        // By bytes: CR and LF together are one character of a string.
        text.split(separator: 0x0a, maxSplits: 2, omittingEmptySubsequences: false).prefix(2).map {
            var parts: [ArraySlice<UInt8>] = []
            var rest = $0
            while parts.count < 2, let found = rest.firstRange(of: Array(" = ".utf8)) {
                parts.append(rest[..<found.lowerBound])
                rest = rest[found.upperBound...]
            }
            return parts + [rest]
        }
    }
}
