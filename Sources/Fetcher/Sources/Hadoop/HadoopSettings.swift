import Glibc

/// How Hadoop's client is started.
public struct HadoopSettings: Sendable, Hashable {
    /// `--hadoop_home`; takes the place of HADOOP_HOME.
    public var home: String?
    /// The client's environment: PATH and HADOOP_HOME, by which it is found, and what it wants
    /// itself (JAVA_HOME, HADOOP_CONF_DIR).
    public var environment: [String: String]
    /// Where a private folder for the client's copy is made; wants as much room as the artifact.
    public var scratch: String

    /// A client that is found by its environment.
    public init(
        home: String? = nil, environment: [String: String] = [:], scratch: String = "/tmp"
    ) {
        self.home = home
        self.environment = environment
        self.scratch = scratch
    }

    /// The environment that the client gets: Mesos' agent exports its flag as HADOOP_HOME.
    var clientEnvironment: [String: String] {
        guard let home else { return environment }
        return environment.merging(["HADOOP_HOME": home]) { $1 }
    }

    /// The client's program as Mesos finds it (`HDFS::create` of `src/hdfs/hdfs.cpp`): beneath
    /// HADOOP_HOME if that is set, whether it is there or not, else on PATH.
    var program: String? {
        let variables = clientEnvironment
        if let home = variables["HADOOP_HOME"] { return home + "/bin/hadoop" }
        for folder in (variables["PATH"] ?? "").split(separator: ":") {
            let path = "\(folder)/hadoop"
            if Self.isProgram(path) { return path }
        }
        return nil
    }

    /// Whether there is a client to start.
    var isThere: Bool { program.map(Self.isProgram) ?? false }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return false
        }
        return unsafe access(path, X_OK) == 0
    }
}
