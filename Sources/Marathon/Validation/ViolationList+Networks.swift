extension ViolationList {
    /// The networks that an app's port mapping or a pod's endpoint names.
    ///
    /// - Parameters:
    ///   - port: The mapping or endpoint.
    ///   - names: The networks that there are.
    ///   - owner: Whose they are: `app` or `pod`.
    ///   - needsOne: Whether of several networks a host port needs exactly one.
    ///   - unknown: The id for a network that is not there.
    ///   - ambiguous: The id for a host port that none or several are named for.
    mutating func checkNetworkNames(
        of port: ObjectView, among names: [String], owner: String, needsOne: Bool,
        unknown: String, ambiguous: String
    ) {
        let wanted = port.strings("networkNames")
        for (index, name) in wanted.enumerated() where !names.contains(name) {
            add(
                unknown, "\(port.path)/networkNames(\(index))",
                "the \(owner) has no network \"\(shown(name))\"", "name one of its networks",
                at: port["networkNames"])
        }
        if needsOne, names.count > 1, port["hostPort"] != nil, wanted.count != 1 {
            add(
                ambiguous, "\(port.path)/networkNames",
                "with several networks a host port needs exactly one network name",
                "add \"networkNames\": [NAME]", at: port.json)
        }
    }
}
