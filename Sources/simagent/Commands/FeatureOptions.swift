import ArgumentParser
import Marathon

/// `--feature` and `--no-feature`, the same in every command that reads a definition.
struct FeatureOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A Marathon feature that is on (secrets is).", valueName: "name"))
    var feature: [String] = []

    @Option(help: ArgumentHelp("A Marathon feature that is off.", valueName: "name"))
    var noFeature: [String] = []

    /// What Marathon was started with.
    var features: MarathonFeatures {
        var features = MarathonFeatures()
        for name in feature { _ = features.set(name, to: true) }
        for name in noFeature { _ = features.set(name, to: false) }
        return features
    }

    func validate() throws {
        for (flag, names) in [("--feature", feature), ("--no-feature", noFeature)] {
            for name in names where !MarathonFeatures.names.contains(name) {
                let known = MarathonFeatures.names.joined(separator: ", ")
                throw ValidationError("\(flag): Marathon has no feature '\(name)'; it has \(known)")
            }
        }
        if let both = feature.first(where: noFeature.contains) {
            throw ValidationError("--feature and --no-feature both name '\(both)'; keep one")
        }
    }
}
