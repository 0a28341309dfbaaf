import ArgumentParser
import Fetcher
import Transfer
import Vocabulary

/// The flags of a Mesos agent that concern its fetcher, under the agent's own names.
struct FetcherOptions: ParsableArguments {
    @Option(help: "The version of Mesos that is simulated.")
    var mesos: String?

    @Option(
        help: ArgumentHelp(
            "The base of relative URIs (also MESOS_FRAMEWORKS_HOME).", valueName: "dir"))
    var frameworksHome: String?

    @Option(
        help: ArgumentHelp(
            "How long no byte may come, as 30secs or 1mins (default 1mins, as Mesos).",
            valueName: "duration"))
    var fetcherStallTimeout: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "Where artifacts with \"cache\" are kept, across runs and for several at once (also"
                + " MESOS_FETCHER_CACHE_DIR; default: a directory that goes with the command).",
            valueName: "dir"))
    var fetcherCacheDir: String?

    @Option(
        help: ArgumentHelp("How much the cache may hold (default 2GB).", valueName: "size"))
    var fetcherCacheSize: ByteSize?

    @Flag(help: "Ask servers whether cached artifacts are still current.")
    var cacheRevalidate = false

    @Option(
        help: ArgumentHelp(
            "How many artifacts are fetched at once (default 1, as Mesos).", valueName: "n"))
    var fetchParallel = 1

    @Option(
        help: ArgumentHelp(
            "The proxy for downloads (default: those of the environment).", valueName: "url"))
    var proxy: String?

    @Option(help: ArgumentHelp("Certificates that servers may have, in PEM.", valueName: "file"))
    var ca: String?

    @OptionGroup var stores: StoreOptions

    func validate() throws {
        guard (1...1_000).contains(fetchParallel) else {
            throw ValidationError("--fetch-parallel: give a number from 1 to 1000")
        }
    }

    /// The cache that the flags describe.
    func cache() throws -> CommandCache {
        try CommandCache(
            at: fetcherCacheDir ?? ProcessEnvironment["MESOS_FETCHER_CACHE_DIR"],
            size: fetcherCacheSize, revalidates: cacheRevalidate)
    }

    /// The Mesos that is simulated.
    func behavior() throws -> MesosBehavior {
        guard let mesos else { return MesosBehavior() }
        guard let version = MesosVersion(mesos) else {
            throw ValidationError("--mesos: '\(mesos)' is no version; write 1.11.0 for example")
        }
        return MesosBehavior(version)
    }

    /// How artifacts are fetched.
    func options(cancellation: Cancellation) throws -> FetchOptions {
        var options = FetchOptions()
        options.behavior = try behavior()
        options.cancellation = cancellation
        options.parallel = fetchParallel
        // Every flag of a Mesos agent can be given as a variable; this one belongs to the
        // place where a program is run, as the shell's PATH does.
        if let home = frameworksHome ?? ProcessEnvironment["MESOS_FRAMEWORKS_HOME"] {
            options.sources.frameworksHome = try InputFile.absolutePath(home)
        }
        var transfers = TransferSettings()
        // As in Mesos, 0 waits for ever.
        if let patience = fetcherStallTimeout?.duration {
            transfers.stallTimeout = patience > .zero ? patience : nil
        }
        if let ca { transfers.certificateFile = ca }
        transfers.proxies = proxy.map(ProxyRules.init(everywhere:)) ?? ProcessEnvironment.proxies
        options.sources.transfers = transfers
        try stores.apply(to: &options.sources)
        return options
    }
}
