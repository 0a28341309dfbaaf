// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "simagent",
    products: [
        .library(name: "Agent", targets: ["Agent"]),
        .library(name: "Archives", targets: ["Archives"]),
        .library(name: "ConfinedFiles", targets: ["ConfinedFiles"]),
        .library(name: "DockerCredentials", targets: ["DockerCredentials"]),
        .library(name: "Fetcher", targets: ["Fetcher"]),
        .library(name: "LocatedJSON", targets: ["LocatedJSON"]),
        .library(name: "Marathon", targets: ["Marathon"]),
        .library(name: "Secrets", targets: ["Secrets"]),
        .library(name: "Transfer", targets: ["Transfer"]),
        .library(name: "Vocabulary", targets: ["Vocabulary"]),
        .executable(name: "extraction-benchmark", targets: ["extraction-benchmark"]),
        .executable(name: "mesos-fetcher", targets: ["mesos-fetcher"]),
        .executable(name: "simagent", targets: ["simagent"]),
    ],
    traits: [
        .trait(name: "BZip2", description: "Unpack .tar.bz2 with libbz2."),
        .trait(name: "ISAL", description: "Inflate with Intel's ISA-L, twice as fast as zlib."),
        .trait(name: "XZ", description: "Unpack .tar.xz with liblzma."),
        .default(enabledTraits: ["BZip2", "ISAL", "XZ"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        // Without its default trait: that one is for Foundation's types alone.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "CCurl"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "Marathon", dependencies: ["LocatedJSON", "Vocabulary"],
            swiftSettings: strict),
        .target(
            name: "Secrets",
            dependencies: [
                "ConfinedFiles", "LocatedJSON", "Transfer", "Vocabulary",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .target(name: "Transfer", dependencies: ["CCurl", "Vocabulary"], swiftSettings: strict),
        .target(name: "Vocabulary", swiftSettings: strict),
        .target(name: "LocatedJSON", swiftSettings: strict),
        .target(
            name: "Agent",
            dependencies: [
                "ConfinedFiles", "DockerCredentials", "Fetcher", "Marathon", "Secrets", "Transfer",
                "Vocabulary",
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CBzip2", providers: [.apt(["libbz2-dev"])]),
        .systemLibrary(name: "CISAL", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CLZMA", providers: [.apt(["liblzma-dev"])]),
        .target(
            name: "Archives",
            dependencies: [
                .target(name: "CBzip2", condition: .when(traits: ["BZip2"])),
                .target(name: "CISAL", condition: .when(traits: ["ISAL"])),
                .target(name: "CLZMA", condition: .when(traits: ["XZ"])), "CZlib",
                "ConfinedFiles", "Vocabulary",
            ],
            swiftSettings: strict),
        .target(name: "ConfinedFiles", dependencies: ["CLinux"], swiftSettings: strict),
        .target(
            name: "DockerCredentials",
            dependencies: [
                "LocatedJSON", "Vocabulary",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "Fetcher",
            dependencies: [
                "Archives", "ConfinedFiles", "LocatedJSON", "Transfer", "Vocabulary",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "credentials-benchmark", dependencies: ["DockerCredentials"],
            swiftSettings: strict),
        .executableTarget(
            name: "mesos-fetcher", dependencies: ["Fetcher", "Vocabulary"],
            swiftSettings: strict),
        .executableTarget(
            name: "simagent",
            dependencies: [
                "Agent", "Archives", "CLinux", "ConfinedFiles", "DockerCredentials", "Fetcher",
                "LocatedJSON", "Marathon", "Secrets", "Transfer",
                "Vocabulary",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "extraction-benchmark",
            dependencies: [
                "Archives", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Contenders/extract.go"],
            swiftSettings: strict),
        .testTarget(
            name: "ArchivesTests", dependencies: ["Archives", "ConfinedFiles", "FuzzTargets"],
            exclude: ["Data"],
            swiftSettings: strict),
        .testTarget(
            name: "ConfinedFilesTests", dependencies: ["ConfinedFiles"], swiftSettings: strict),
        .testTarget(
            name: "DockerCredentialsTests",
            dependencies: [
                "DockerCredentials", "DocumentedExamples", "LoopbackServers", "Vocabulary",
            ],
            exclude: ["Data"], swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "LoopbackServers", "fuzz-definitions", "mesos-fetcher", "simagent", "Vocabulary",
            ],
            exclude: ["Programs"], swiftSettings: strict),
        .executableTarget(
            name: "fuzz-definitions", dependencies: ["Marathon"],
            path: "Tests/Programs/FuzzDefinitions", swiftSettings: strict),
        .testTarget(
            name: "FetcherTests",
            dependencies: [
                "ConfinedFiles", "Fetcher", "LoopbackServers", "Transfer", "Vocabulary",
            ],
            exclude: ["Data", "Servers"],
            swiftSettings: strict),
        .testTarget(
            name: "MarathonTests",
            dependencies: ["DocumentedExamples", "LocatedJSON", "Marathon", "Vocabulary"],
            exclude: ["Data"],
            swiftSettings: strict),
        .target(
            name: "FuzzTargets", dependencies: ["Archives", "ConfinedFiles", "Vocabulary"],
            path: "Tests/FuzzTargets", swiftSettings: strict),
        .target(
            name: "DocumentedExamples", path: "Tests/DocumentedExamples", swiftSettings: strict),
        .target(
            name: "LoopbackServers", path: "Tests/LoopbackServers", exclude: ["Programs"],
            swiftSettings: strict),
        .testTarget(
            name: "SecretsTests",
            dependencies: [
                "DocumentedExamples", "LoopbackServers", "Secrets", "Transfer", "Vocabulary",
            ],
            exclude: ["Servers", "Data"], swiftSettings: strict),
        .testTarget(
            name: "TransferTests",
            dependencies: ["DocumentedExamples", "LoopbackServers", "Transfer", "Vocabulary"],
            exclude: ["Servers"], swiftSettings: strict),
        .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary"], swiftSettings: strict),
        .testTarget(name: "LocatedJSONTests", dependencies: ["LocatedJSON"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

// Only `scripts/fuzz` builds it: libFuzzer brings the entry point, which a normal build lacks.
if Context.environment["SIMAGENT_FUZZER"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzzer", dependencies: ["FuzzTargets"], path: "Tests/Fuzzer",
            swiftSettings: strict))
}
