import Archives
import Foundation
import Testing

@Suite struct `Archives that come in pieces` {
    /// What an extraction left and said.
    struct Outcome: Equatable {
        var tree: [[UInt8]] = []
        var members = 0
        var fault: ArchiveFault?
    }

    @Test(arguments: ["archives", "formats", "tars"])
    func `give the same from pieces of any size, valid, damaged and hostile ones`(
        kind: String
    ) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("archive-cases-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let cases = try ArchiveCase.generate(kind, into: folder)
        #expect(cases.count >= 15)
        for archiveCase in cases where archiveCase.before == nil && archiveCase.fileSize == nil {
            let bytes = Array(
                try Data(contentsOf: folder.appendingPathComponent(archiveCase.file)))
            let whole = try Self.outcome(of: archiveCase, bytes, pieces: max(1, bytes.count))
            for size in [1, 7, 512] where bytes.count / size < 20_000 {
                let outcome = try Self.outcome(of: archiveCase, bytes, pieces: size)
                // The trees are too long for a message.
                let isEqual = outcome == whole
                #expect(isEqual, "\(archiveCase) in pieces of \(size): \(outcome.fault as Any)")
            }
        }
    }

    private static func outcome(
        of archiveCase: ArchiveCase, _ bytes: [UInt8], pieces: Int
    ) throws -> Outcome {
        let scratch = try Scratch()
        var limits = ExtractionLimits()
        limits.maxBytes = archiveCase.value(of: "--max-bytes").flatMap { UInt64($0) } ?? 1 << 26
        limits.maxMembers =
            archiveCase.value(of: "--max-members").flatMap { Int($0) } ?? 1_000_000
        limits.maxRatio = archiveCase.value(of: "--max-ratio").flatMap { UInt64($0) }
        let isMesos = archiveCase.value(of: "--policy") == "mesos"
        var outcome = Outcome()
        do {
            outcome.members = try Samples.extract(
                bytes, into: scratch, pieces: pieces, named: archiveCase.file, limits: limits,
                policy: isMesos ? .mesos : .hardened
            ).members
        } catch {
            outcome.members = error.membersBefore
            // Where in the input a library met damage depends on how far it had looked ahead.
            outcome.fault = error.fault
            outcome.fault?.offset = nil
            outcome.fault?.inputOffset = nil
            outcome.fault?.inputBound = nil
        }
        #expect(scratch.neighbourIsUntouched)
        outcome.tree = try scratch.listing()
        return outcome
    }
}
