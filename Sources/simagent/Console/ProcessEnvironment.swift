import Glibc
import Transfer

/// The caller's environment: only the program looks at it, and hands on what a library needs.
enum ProcessEnvironment {
    /// The value of a variable; an empty one counts as not set, as NO_COLOR and HOME want it.
    static subscript(name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// The caller's home: HOME, or where that is not set what the accounts of the system say, as
    /// docker looks for it.
    static var home: String? { self["HOME"] ?? accountHome }

    /// The home that the accounts of the system name.
    static var accountHome: String? {
        guard let account = unsafe getpwuid(getuid()), let home = unsafe account.pointee.pw_dir
        else { return nil }
        return unsafe String(cString: home)
    }

    /// All variables; of those that are no text only what is one.
    static var all: [String: String] {
        var found: [String: String] = [:]
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let text = unsafe String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                found[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            unsafe next += 1
        }
        return found
    }

    /// What an agent hands on to the programs that it starts: all but its own flags.
    static var ofAgentPrograms: [String: String] {
        all.filter { !$0.key.hasPrefix("MESOS_") && !$0.key.hasPrefix("LIBPROCESS_") }
    }

    /// The proxies as curl reads them; in capitals all but HTTP_PROXY, which a CGI's caller sets.
    static var proxies: ProxyRules {
        var found: [String: String] = [:]
        for name in ["https_proxy", "ftp_proxy", "all_proxy", "no_proxy"] {
            found[name] = self[name] ?? self[name.uppercased()]
        }
        found["http_proxy"] = self["http_proxy"]
        return ProxyRules(environment: found)
    }
}
