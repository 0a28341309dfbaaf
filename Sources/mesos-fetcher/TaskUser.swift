import Glibc

/// The user with whose rights artifacts are fetched.
struct TaskUser {
    let name: String
    /// The user's id and primary group; `nil` where there is no such user.
    let ids: (user: UInt32, group: UInt32)?

    init(_ name: String) {
        self.name = name
        var entry = unsafe passwd()
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        var found: UnsafeMutablePointer<passwd>?
        let code = unsafe buffer.withUnsafeMutableBufferPointer {
            unsafe getpwnam_r(name, &entry, $0.baseAddress.unsafelyUnwrapped, $0.count, &found)
        }
        let isThere = unsafe found != nil
        ids = code == 0 && isThere ? unsafe (entry.pw_uid, entry.pw_gid) : nil
    }

    /// Switches the process to the user, for good.
    ///
    /// Mirrors `os::su` of stout (`os/posix/su.hpp`): group, supplementary groups, user.
    ///
    /// - Returns: What went wrong, `nil` where nothing did.
    func become() -> String? {
        guard let ids else { return "No such user '\(name)'" }
        guard setgid(ids.group) == 0 else { return "Failed to set gid: \(reason)" }
        // Without privileges the groups stay as they are.
        guard unsafe initgroups(name, ids.group) == 0 || errno == EPERM else {
            return "Failed to set supplementary groups: \(reason)"
        }
        guard setuid(ids.user) == 0 else { return "Failed to set uid: \(reason)" }
        // A process that could still be what it was has not switched.
        if ids.user != 0, setuid(0) == 0 { return "Failed to set uid: it can be set back" }
        return nil
    }

    private var reason: String { unsafe String(cString: strerror(errno)) }
}
