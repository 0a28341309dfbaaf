import LocatedJSON

/// The rules for volumes that hold secrets, and for a pod's mounts.
struct VolumeRules {
    let secrets: [String: String]
    let features: MarathonFeatures

    /// An app's volumes.
    func check(app: JSONValue, _ reader: inout ShapeReader) {
        guard let container = app["container"], let volumes = container["volumes"] else { return }
        let named = volumes.elements.enumerated().compactMap { index, volume in
            volume["secret"]?.stringValue.map { (index, volume, $0) }
        }
        if !features.secrets, !named.isEmpty {
            reader.report(
                "FEATURE-SECRETS", "/container/volumes",
                "the feature \"secrets\" is not enabled",
                advice: "start Marathon with --enable_features secrets", at: volumes)
        }
        for (index, volume, secret) in named where secrets[secret] == nil {
            reportUndefined(secret, "/container/volumes(\(index))", volume, &reader)
        }
    }

    /// A pod's volumes and the mounts of its containers.
    func check(pod: JSONValue, _ reader: inout ShapeReader) {
        let volumes = (pod["volumes"]?.elements.map { $0 } ?? []).enumerated().map {
            (path: "/volumes(\($0))", json: $1, name: $1["name"]?.stringValue)
        }
        let names = volumes.compactMap(\.name)
        if Set(names).count < names.count {
            reader.report(
                "P-VOLUME-NAMES", "/volumes", "two volumes have one name",
                advice: "name each of them otherwise", at: pod["volumes"])
        }
        var mounted: Set<String> = []
        for (index, container) in (pod["containers"]?.elements.map { $0 } ?? []).enumerated() {
            let mounts = container["volumeMounts"]?.elements.map { $0 } ?? []
            for (number, mount) in mounts.enumerated() {
                guard let name = mount["name"]?.stringValue else { continue }
                mounted.insert(name)
                if !names.contains(name) {
                    reader.report(
                        "P-MOUNT-UNDEFINED", "/containers(\(index))/volumeMounts(\(number))/name",
                        "\"\(name)\" is no volume of the pod", advice: "add it to \"volumes\"",
                        at: mount["name"])
                }
            }
        }
        for volume in volumes {
            if let secret = volume.json["secret"]?.stringValue, secrets[secret] == nil {
                reportUndefined(secret, volume.path + "/secret", volume.json, &reader)
            }
            if let name = volume.name, !mounted.contains(name) {
                reader.report(
                    "P-VOLUME-UNUSED", volume.path, "no container mounts the volume \"\(name)\"",
                    advice: "mount it, or leave it out", at: volume.json)
            }
        }
    }

    private func reportUndefined(
        _ secret: String, _ path: String, _ value: JSONValue, _ reader: inout ShapeReader
    ) {
        reader.report(
            "SECRET-VOLUME-UNDEFINED", path, "\"\(secret)\" is no key of \"secrets\"",
            advice: "define it in \"secrets\"", at: value)
    }
}
