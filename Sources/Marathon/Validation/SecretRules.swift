import LocatedJSON

/// The rules for secrets that apps and pods share.
struct SecretRules {
    let secrets: SecretMap
    let features: MarathonFeatures

    /// `SecretValidation.secretValidator`, and the feature that a map of secrets needs.
    func checkMap(of object: ObjectView, _ list: inout ViolationList) {
        guard !secrets.keys.isEmpty else { return }
        if !features.secrets {
            return list.featureSecrets("/secrets", at: object.name(of: "secrets"))
        }
        for (index, member) in secrets.keys.enumerated() where member.name.isEmpty {
            list.add(
                "SECRET-NAME-EMPTY", "/secrets/keys(\(index))", "a secret has an empty name",
                "name it", at: member.nameValue)
        }
    }

    /// The login of an image; both branches of Marathon's either/or rule speak when both fail.
    func checkPull(_ use: SecretUse, _ list: inout ViolationList) {
        let path = String(use.path.dropLast("/secret".count))
        if !features.secrets {
            list.add(
                "PULLCFG-NOT-EMPTY", path, "\"pullConfig\" needs the feature \"secrets\"",
                "start Marathon with --enable_features secrets", at: use.value)
            list.featureSecrets(path, at: use.value)
        }
        checkKey(of: use, "PULLCFG-UNDEFINED", path, &list)
    }

    /// `EnvVarValidation.envValidator`: variables whose value is a secret.
    func checkVariables(
        _ variables: Variables, of object: ObjectView, _ name: String, _ list: inout ViolationList
    ) {
        if !features.secrets, !variables.secrets.isEmpty {
            list.featureSecrets("\(object.path)/\(name)", at: object.name(of: name))
        }
        for use in variables.secrets {
            checkKey(of: use, "ENV-SECRET-UNDEFINED", use.path, &list)
        }
    }

    func checkKey(
        of use: SecretUse, _ id: String, _ path: String, _ list: inout ViolationList
    ) {
        guard secrets.sources[use.key] == nil else { return }
        let advice: String
        if let key = secrets.key(ofSource: use.key) {
            advice = "write the key, \"\(shown(key))\", not its source"
        } else if let key = NearestName.of(use.key, among: secrets.keys.map(\.name)) {
            advice = "write \"\(shown(key))\", or define it in \"secrets\""
        } else {
            advice = "add it: \"secrets\": {\"\(shown(use.key))\": {\"source\": …}}"
        }
        list.add(id, path, "\"\(shown(use.key))\" is no key of \"secrets\"", advice, at: use.value)
    }
}
