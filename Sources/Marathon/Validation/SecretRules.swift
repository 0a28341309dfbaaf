import LocatedJSON

/// The rules for secrets that apps and pods share.
struct SecretRules {
    let secrets: [String: String]
    let features: MarathonFeatures

    func checkPullSecret(
        _ secret: String, at value: JSONValue?, path: String, _ reader: inout ShapeReader
    ) {
        if !features.secrets {
            reader.report(
                "PULLCFG-NOT-EMPTY", path, "\"pullConfig\" needs the feature \"secrets\"",
                advice: "start Marathon with --enable_features secrets", at: value)
            reportFeature(path, at: value, &reader)
        }
        guard secrets[secret] == nil else { return }
        let byPath = secrets.first { $0.value == secret }
        reader.report(
            "PULLCFG-UNDEFINED", path, "\"\(secret)\" is no key of \"secrets\"",
            advice: byPath.map { "write its key, \"\($0.key)\", not its source" }
                ?? "define it in \"secrets\"", at: value)
    }

    /// Checks the variables whose value is a secret, and the map of secrets itself.
    func check(
        _ variables: [(name: String, secret: String)], in environment: JSONValue?, path: String,
        of object: JSONValue, _ reader: inout ShapeReader
    ) {
        checkVariables(variables, in: environment, path: path, &reader)
        checkMap(of: object, &reader)
    }

    func checkVariables(
        _ variables: [(name: String, secret: String)], in environment: JSONValue?, path: String,
        _ reader: inout ShapeReader
    ) {
        if !features.secrets, !variables.isEmpty { reportFeature(path, at: environment, &reader) }
        for variable in variables where secrets[variable.secret] == nil {
            reader.report(
                "ENV-SECRET-UNDEFINED", "\(path)/\(variable.name)/secret",
                "\"\(variable.secret)\" is no key of \"secrets\"",
                advice: "define it in \"secrets\"", at: environment?[variable.name])
        }
    }

    func checkMap(of object: JSONValue, _ reader: inout ShapeReader) {
        let map = reader.member("secrets", of: object)
        if !features.secrets, !secrets.isEmpty { reportFeature("/secrets", at: map, &reader) }
        if features.secrets, secrets[""] != nil {
            reader.report(
                "SECRET-NAME-EMPTY", "/secrets/keys(0)", "a secret has an empty name",
                advice: "name it", at: map)
        }
    }

    private func reportFeature(
        _ path: String, at value: JSONValue?, _ reader: inout ShapeReader
    ) {
        reader.report(
            "FEATURE-SECRETS", path, "the feature \"secrets\" is not enabled",
            advice: "start Marathon with --enable_features secrets", at: value)
    }
}
