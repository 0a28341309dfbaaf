import Glibc

/// The caller's environment: only the program looks at it, and hands on what a library needs.
enum ProcessEnvironment {
    /// The value of a variable; an empty one counts as not set, as NO_COLOR and HOME want it.
    static subscript(name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
