import Foundation
import FuzzTargets
import Testing

@Suite struct `Inputs of the fuzzers` {
    @Test(arguments: FuzzTarget.all.map(\.name))
    func `break nothing, neither what broke something once nor what tools made`(name: String)
        throws
    {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Data")
        let jail = try Jail(below: FileManager.default.temporaryDirectory.path)
        var count = 0
        for kind in ["corpus", "crashes"] {
            let folder = data.appendingPathComponent("\(kind)/\(name)")
            let files = try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)
            for file in files ?? [] {
                let faults = try target.faults(of: [UInt8](Data(contentsOf: file)), in: jail)
                #expect(faults.isEmpty, "\(kind)/\(name)/\(file.lastPathComponent): \(faults)")
                count += 1
            }
        }
        #expect(count > 0)
    }
}
