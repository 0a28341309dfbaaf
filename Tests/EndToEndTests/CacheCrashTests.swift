import Foundation
import LoopbackServers
import Testing

@Suite struct `A cache whose processes are killed` {
    /// A number generator whose numbers are the same in every run.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            // SplitMix64.
            state &+= 0x9e37_79b9_7f4a_7c15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
            bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
            return bits ^ (bits >> 31)
        }
    }

    /// `SIMAGENT_CRASH_ROUNDS` and `SIMAGENT_CRASH_SEED` ask for more, and for others.
    private static func number(_ name: String, or standard: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
    }

    @Test func `gives out no wrong file, and keeps none that is not whole`() throws {
        let (folder, served) = (try TemporaryFolder(), try TemporaryFolder())
        let names = (0..<6).map { "file\($0)" }
        for (index, name) in names.enumerated() {
            _ = try served.write(name, String(repeating: "\(index)", count: 60_000 + index))
        }
        let server = try fileServer(served)
        defer { withExtendedLifetime(server) {} }
        let cache = folder.url.appendingPathComponent("cache").path
        func arguments(_ names: [String], _ into: String, rate: Int) -> [String] {
            ["fetch"] + names.map { "http://127.0.0.1:\(server.port)/\($0)?rate=\(rate)" } + [
                "--cache", "--fetcher-cache-dir", cache, "--fetcher-cache-size", "250KB",
                "--fetch-parallel", "3", "--into", into, "-q",
            ]
        }
        let seed = Self.number("SIMAGENT_CRASH_SEED", or: 1)
        var random = Seeded(state: UInt64(seed))
        for round in 0..<Self.number("SIMAGENT_CRASH_ROUNDS", or: 12) {
            let killed = names.shuffled(using: &random).prefix(4)
            let process = Process()
            process.executableURL = BuiltProgram.folder.appendingPathComponent("simagent")
            process.arguments = arguments(
                Array(killed), folder.url.path + "/killed\(round)", rate: 600_000)
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(UInt32.random(in: 0...400_000, using: &random))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()

            // Whatever is there, the next ones use it or repair it.
            let into = folder.url.path + "/after\(round)"
            let some = names.shuffled(using: &random).prefix(3)
            let result = try BuiltProgram.run(arguments(Array(some), into, rate: 6_000_000))
            #expect(result.status == 0, "seed \(seed), round \(round): \(result.errors)")
            for name in some {
                let text = try String(
                    contentsOfFile: "\(into)/\(name)?rate=6000000", encoding: .utf8)
                #expect(
                    text
                        == (try String(
                            contentsOfFile: served.url.path + "/" + name, encoding: .utf8)))
            }
            var total = 0
            for file in try FileManager.default.contentsOfDirectory(atPath: cache) {
                #expect(file == "lock" || file.utf8.count == 64, "round \(round): \(file)")
                let path = cache + "/" + file
                let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
                total += max(0, (size ?? 0) - 4_096)
            }
            #expect(total <= 250 << 10)
        }
    }
}
