import LocatedJSON

/// Rules about the text as a whole: C01 to C06, C08 to C10.
struct TextRules {
    let text: [UInt8]
    let layout: ConfigFile.Layout

    /// The document, or `nil` where a rule says why the file gives nothing at all.
    mutating func document(_ sink: inout FindingSink) -> JSONDocument? {
        if text.allSatisfy({ [0x20, 0x09, 0x0a, 0x0d].contains($0) }) {
            sink.add("C05", "\(sink.file) is empty")
            return nil
        }
        if isUTF16 {
            sink.add("C02", "\(sink.file) is UTF-16; Docker cannot parse it and pulls anonymously")
            return nil
        }
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: text, limits: JSONLimits(maxDepth: 10_000))
        } catch {
            if let line = text.split(separator: 0x0a).first,
                line.firstRange(of: Array("auth = ".utf8)) != nil
                    || layout == .dockercfg && line.firstRange(of: Array(" = ".utf8)) != nil
            {
                sink.add(
                    "C10", at: error.location,
                    "\(sink.file) has the oldest layout of two lines, which Docker read up to 20.10"
                        + " for the Hub alone")
            } else {
                sink.add(
                    "C03", at: error.location,
                    "\(sink.file) is not JSON: \(error.description); Docker pulls anonymously")
            }
            return nil
        }
        if document.hasByteOrderMark {
            sink.add(
                "C01", at: document.location(ofOffset: 0),
                "\(sink.file) begins with a byte order mark; Docker cannot parse it and pulls"
                    + " anonymously")
            return nil
        }
        guard fits(document.root, &sink) else { return nil }
        if layout == .config, let offset = document.trailingOffset {
            sink.add(
                "C04", at: document.location(ofOffset: offset),
                "Docker ignores what follows the first value; skopeo and Mesos refuse the file")
        }
        return document
    }

    private var isUTF16: Bool {
        if text.starts(with: [0xff, 0xfe]) || text.starts(with: [0xfe, 0xff]) { return true }
        let start = text.prefix(256)
        return start.count >= 4 && start.count { $0 == 0 } * 3 > start.count
    }

    /// Whether the value has the shape that belongs under the file's name.
    private func fits(_ root: JSONValue, _ sink: inout FindingSink) -> Bool {
        if root.kind == .null { return true }
        guard root.kind == .object else {
            sink.add(
                "C06", at: root.location,
                "\(sink.file) holds \(root.kind.phrase) at the top level, and must hold an object")
            return false
        }
        let names = root.members.map { $0.name.lowercased() }
        switch layout {
        case .config:
            let known: Set<String> = ["auths", "credsstore", "credhelpers"]
            guard !names.contains(where: known.contains) else { return true }
            guard let entry = root.members.first(where: { looksLikeEntry($0.value) }) else {
                return true
            }
            sink.add(
                "C08", at: entry.nameValue.location,
                "\(sink.file) has the layout of .dockercfg: entries such as \(entry.name) must stand"
                    + " inside auths")
            return false
        case .dockercfg:
            guard let auths = root.members.first(where: { $0.name == "auths" }),
                auths.value.kind == .object
            else { return true }
            sink.add(
                "C09", at: auths.nameValue.location,
                "\(sink.file) has the layout of config.json")
            return false
        }
    }

    private func looksLikeEntry(_ value: JSONValue) -> Bool {
        value.members.contains {
            ["auth", "username", "password", "identitytoken", "registrytoken"]
                .contains($0.name.lowercased())
        }
    }
}
