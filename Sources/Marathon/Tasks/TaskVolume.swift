/// A volume as Mesos is told of it: the fields of `Volume`.
///
/// Marathon tells nothing of volumes that are secrets (`VolumeSerializer`, `TaskGroupBuilder`).
public struct TaskVolume: Sendable, Hashable {
    /// Where the content comes from.
    public enum Source: Sendable, Hashable {
        /// A path of the agent; a relative one lies below the sandbox.
        case host(path: String)
        /// A folder of the pod's own sandbox, which its containers share.
        case sandbox(path: String)
        /// Kept by Mesos over restarts.
        case persistent
        /// Kept by a driver outside of the cluster.
        case external
    }

    /// Where the task finds it.
    public let containerPath: String
    /// Where the content comes from.
    public let source: Source
    /// `RO` or `RW`.
    public let mode: String
}

extension TaskVolume {
    /// An app's volume; `nil` for a secret.
    init?(app volume: ObjectView) {
        containerPath = volume.string("containerPath") ?? ""
        mode = volume.string("mode")?.uppercased() ?? "RW"
        switch ObjectShape.appVolumes.firstIndex(where: { $0.fits(volume.json) }) {
        case 0: source = .persistent
        case 1: source = .external
        case 3: source = .host(path: volume.string("hostPath") ?? "")
        default: return nil
        }
    }

    /// A pod's volume at a mount of a container; `nil` for a secret.
    init?(pod volume: ObjectView, mount: ObjectView) {
        containerPath = mount.string("mountPath") ?? ""
        mode = mount.bool("readOnly") == true ? "RO" : "RW"
        switch ObjectShape.podVolumes.firstIndex(where: { $0.fits(volume.json) }) {
        case 0: source = .persistent
        case 2: source = .host(path: volume.string("host") ?? "")
        case 3: source = .sandbox(path: "volumes/" + (volume.string("name") ?? ""))
        default: return nil
        }
    }
}
