import ArgumentParser
import Fetcher
import Vocabulary

/// Where artifacts come from that no web server has: Hadoop, WebHDFS, S3, Google Cloud Storage.
///
/// Keys are taken from where the stores' own programs take them, and never from an argument.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where Hadoop's client is installed (also HADOOP_HOME; else hadoop on PATH).",
            valueName: "dir"))
    var hadoopHome: String?

    @Option(
        help: ArgumentHelp(
            "Ask a namenode of hdfs://NAMENODE/… over HTTP; once more for its standby.",
            valueName: "namenode=url"))
    var webhdfs: [String] = []

    @Option(
        help: ArgumentHelp(
            "A store that speaks S3's language, in place of AWS (also AWS_ENDPOINT_URL_S3).",
            valueName: "url"))
    var s3Endpoint: String?

    /// Fills in what sources need to know of the stores.
    func apply(to sources: inout SourceSettings) throws {
        var hadoop = HadoopSettings(environment: ProcessEnvironment.ofAgentPrograms)
        hadoop.home = try (hadoopHome ?? ProcessEnvironment["MESOS_HADOOP_HOME"])
            .map(InputFile.absolutePath)
        sources.hadoop = hadoop
        sources.webHDFS.user = ProcessEnvironment["HADOOP_USER_NAME"]
        for value in webhdfs {
            guard let equals = value.firstIndex(of: "="),
                Self.isWebAddress(value[value.index(after: equals)...])
            else {
                throw ValidationError(
                    "--webhdfs: '\(redactedURI(value))' has no NAMENODE=http://HOST:PORT")
            }
            sources.webHDFS.addresses[String(value[..<equals]), default: []]
                .append(String(value[value.index(after: equals)...]))
        }
        sources.s3 = S3Settings(
            environment: ProcessEnvironment.all,
            credentials: Self.file("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"),
            config: Self.file("AWS_CONFIG_FILE", ".aws/config"))
        if let s3Endpoint {
            guard Self.isWebAddress(s3Endpoint[...]) else {
                throw ValidationError(
                    "--s3-endpoint: '\(redactedURI(s3Endpoint))' is no http://HOST:PORT")
            }
            sources.s3.endpoint = s3Endpoint
        }
        sources.googleStorage = GoogleStorageSettings(
            environment: ProcessEnvironment.all, boto: Self.file("BOTO_CONFIG", ".boto"))
    }

    private static func isWebAddress(_ text: Substring) -> Bool {
        ["http://", "https://"].contains { text.hasPrefix($0) && text.count > $0.count }
    }

    /// A file that a variable names, else one of the caller's home; `nil` where there is none.
    private static func file(_ variable: String, _ path: String) -> [UInt8]? {
        let file =
            ProcessEnvironment[variable] ?? ProcessEnvironment["HOME"].map { "\($0)/\(path)" }
        return file.flatMap { try? InputFile.read($0) }
    }
}
