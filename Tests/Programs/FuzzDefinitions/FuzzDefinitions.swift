import Foundation
import Marathon
import Synchronization

/// `fuzz-definitions FOLDER ROUNDS`: reads that many mutations of the definitions of a folder.
///
/// Prints how many were read and how many were refused; ends with 1 where a definition that is
/// refused has tasks all the same. A crash or a hang is for whoever started it to see. The seeds
/// are fixed, so that a failure can be made again.
@main enum FuzzDefinitions {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let rounds = Int(arguments[2]), rounds > 0 else {
            FileHandle.standardError.write(Data("usage: fuzz-definitions FOLDER ROUNDS\n".utf8))
            exit(64)
        }
        let folder = URL(fileURLWithPath: arguments[1])
        let samples = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.first?.isNumber == true }
            .map { [UInt8](try Data(contentsOf: folder.appendingPathComponent($0))) }
        guard !samples.isEmpty else { exit(64) }
        let workers = 4
        let refused = Atomic(0)
        let isWrong = Atomic(false)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            var mutator = Mutator(seed: UInt64(7 + worker))
            for round in stride(from: worker, to: rounds, by: workers) {
                let text = mutator.mutated(samples[round % samples.count])
                let definition = MarathonDefinition(parsing: text, file: "fuzz.json")
                guard !definition.isValid else { continue }
                refused.add(1, ordering: .relaxed)
                if !definition.tasks.isEmpty { isWrong.store(true, ordering: .relaxed) }
            }
        }
        print("\(rounds) read, \(refused.load(ordering: .relaxed)) were refused")
        if isWrong.load(ordering: .relaxed) { exit(1) }
    }
}

/// Changes texts as chance will have it, the same way for the same seed.
struct Mutator {
    private var random: SplitMix

    init(seed: UInt64) {
        random = SplitMix(state: seed)
    }

    private static let tokens = [
        "null", "true", "1e999", "-1", "1.5", "\"\"", "[]", "{}", "{\"a\":", "[[", "\"x", "\\u0000",
        "9223372036854775808", "\"secret\":", "\"/\"", ",", ":", "\u{e9}", "\\ud800", "\u{0}",
        "\"apps\":[", "\"groups\":[{\"id\":", "\"containers\":[{", "\"..\"", "-0", "0.1",
    ].map { Array($0.utf8) }

    /// The text with one to four changes.
    mutating func mutated(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for _ in 0...Int.random(in: 0..<4, using: &random) { change(&text) }
        return text
    }

    private mutating func change(_ text: inout [UInt8]) {
        guard !text.isEmpty else { return }
        let place = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: text[place] = UInt8.random(in: 0...255, using: &random)
        case 1: text.remove(at: place)
        case 2:
            let token = Int.random(in: 0..<Self.tokens.count, using: &random)
            text.insert(contentsOf: Self.tokens[token], at: place)
        case 3:
            let end = Int.random(in: place...min(place + 40, text.count), using: &random)
            text.insert(contentsOf: Array(text[place..<end]), at: place)
        default: text.removeSubrange(place..<min(place + 20, text.count))
        }
    }
}

/// A generator with a seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
