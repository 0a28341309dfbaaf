/// What Marathon was started with: `--enable_features`.
public struct MarathonFeatures: Sendable, Hashable {
    /// `secrets`: definitions may name secrets.
    public var secrets = true

    /// The features of a Marathon that knows secrets.
    public init() {}

    /// Turns a feature on or off by its name.
    ///
    /// - Parameters:
    ///   - name: The name, as Marathon's flag has it.
    ///   - isOn: Whether it is on.
    /// - Returns: `false` where no rule here depends on a feature of that name.
    public mutating func set(_ name: String, to isOn: Bool) -> Bool {
        guard name == "secrets" else { return false }
        secrets = isOn
        return true
    }
}
