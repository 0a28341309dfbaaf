import Glibc

/// A way to unpack an archive.
struct Contender: Sendable {
    /// The name in tables and in the table of required ratios.
    let name: String
    /// Whether it is this project's: it must leave the reference's tree to the last detail.
    let isOurs: Bool
    /// The program and its arguments for an archive and a directory.
    let command: @Sendable (_ archive: String, _ into: String) -> [String]

    /// The one that all trees are compared with; every machine has it.
    static let reference = Contender(name: "GNU tar", isOurs: false) {
        ["tar", "-xzf", $0, "-C", $1]
    }

    /// Everything that is installed.
    ///
    /// - Parameters:
    ///   - simagent: The built program.
    ///   - goProgram: The Go program, where it was built.
    /// - Returns: The reference first.
    static func installed(simagent: String, goProgram: String?) -> [Contender] {
        var all = [reference]
        if ChildProcess.exists("bsdtar") {
            all.append(
                Contender(name: "bsdtar", isOurs: false) { ["bsdtar", "-xf", $0, "-C", $1] })
        }
        if let goProgram {
            all.append(Contender(name: "Go", isOurs: false) { [goProgram, $0, $1] })
        }
        for (name, program, filter) in [
            ("pigz | tar", "pigz", "pigz -dc"), ("igzip | tar", "igzip", "igzip -dc"),
            ("rapidgzip | tar", "rapidgzip", "rapidgzip -P 2 -dc"),
        ] where ChildProcess.exists(program) {
            all.append(
                Contender(name: name, isOurs: false) { archive, into in
                    // The paths are positional: no quoting to get wrong.
                    ["sh", "-c", filter + #" "$1" | tar -xf - -C "$2""#, "sh", archive, into]
                })
        }
        for inflate in ["zlib", "isal"] {
            for threads in [1, 2] {
                all.append(
                    Contender(name: "simagent \(inflate) \(threads)", isOurs: true) {
                        [
                            simagent, "extract", $0, "--into", $1, "--inflate", inflate,
                            "--threads", "\(threads)", "--quiet",
                        ]
                    })
            }
        }
        return all
    }
}
