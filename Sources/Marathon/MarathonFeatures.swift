/// What Marathon was started with: `--enable_features`.
public struct MarathonFeatures: Sendable, Hashable {
    /// `secrets`: definitions may name secrets.
    public var secrets = true
    /// `gpu_resources`: definitions may ask for graphics processors.
    public var gpuResources = false
    /// `external_volumes`: definitions may name volumes that live elsewhere.
    public var externalVolumes = false

    /// Every feature that Marathon has (`Features.availableFeatures`).
    public static let names = [
        "external_volumes", "gpu_resources", "secrets", "task_killing", "vips",
    ]

    /// The features of a Marathon that knows secrets.
    public init() {}

    /// Turns a feature on or off by its name.
    ///
    /// - Parameters:
    ///   - name: The name, as Marathon's flag has it.
    ///   - isOn: Whether it is on.
    /// - Returns: `false` where Marathon has no feature of that name.
    public mutating func set(_ name: String, to isOn: Bool) -> Bool {
        switch name {
        case "secrets": secrets = isOn
        case "gpu_resources": gpuResources = isOn
        case "external_volumes": externalVolumes = isOn
        default: return Self.names.contains(name)
        }
        return true
    }
}
