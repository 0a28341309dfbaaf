import Archives

/// What a fuzzer feeds: any bytes become an archive, the archive is unpacked, and what must hold
/// of every archive is checked.
public struct FuzzTarget: Sendable {
    /// The name by which `scripts/fuzz` knows it, and of its folders of inputs.
    public let name: String
    /// The archive that some bytes stand for.
    public let archive: @Sendable ([UInt8]) -> [UInt8]
    /// The archive's name: where content does not tell, it decides.
    let archiveName: String
    private let policies: [ExtractionPolicy]

    /// Every target.
    public static let all: [FuzzTarget] = [
        FuzzTarget(name: "gzip", archive: { $0 }, archiveName: "a.gz"),
        FuzzTarget(name: "tar", archive: ArchiveForms.sealed, archiveName: "a.tar"),
        FuzzTarget(name: "pax", archive: ArchiveForms.extendedHeader, archiveName: "a.tar"),
        FuzzTarget(name: "sparse", archive: ArchiveForms.sparse, archiveName: "a.tar"),
        FuzzTarget(name: "zip", archive: { $0 }, archiveName: "a.zip"),
        FuzzTarget(name: "archive", archive: { $0 }, archiveName: "a.tar.gz"),
        FuzzTarget(
            name: "extract", archive: MemberScript.archive, archiveName: "a.tar",
            policies: [.hardened, .mesos]),
    ]

    init(
        name: String, archive: @escaping @Sendable ([UInt8]) -> [UInt8], archiveName: String,
        policies: [ExtractionPolicy] = [.hardened]
    ) {
        self.name = name
        self.archive = archive
        self.archiveName = archiveName
        self.policies = policies
    }

    /// Unpacks what the bytes stand for, and says what does not hold: a trap ends the process.
    ///
    /// - Parameters:
    ///   - input: Any bytes.
    ///   - jail: Where it is unpacked; empty again afterwards.
    /// - Returns: One line for each rule that was broken.
    /// - Throws: Where the jail itself cannot be written.
    public func faults(of input: [UInt8], in jail: Jail) throws -> [String] {
        let archive = archive(input)
        let path = try jail.write(archive)
        var faults: [String] = []
        let listed = Outcome(listing: path, named: archiveName)
        for policy in policies {
            faults += try self.faults(of: archive, at: path, in: jail, policy, listed)
            try jail.clear()
        }
        return faults
    }

    /// What does not hold where the archive is unpacked in small pieces of odd sizes, so that every
    /// boundary falls inside of something, by one thread and zlib, and then as a whole by two
    /// threads and the default library.
    private func faults(
        of archive: [UInt8], at path: String, in jail: Jail, _ policy: ExtractionPolicy,
        _ listed: Outcome
    ) throws -> [String] {
        var faults: [String] = []
        func inPieces(_ backEnd: InflateBackEnd) throws -> (Outcome, [String]) {
            let outcome = Outcome(
                pushing: archive, by: 1 + archive.count % 9 + archive.count / 1_000, into: jail,
                named: archiveName, policy, inflatedBy: backEnd)
            faults += try jail.faults()
            let tree = try jail.tree()
            try jail.clear()
            return (outcome, tree)
        }
        var (pieces, treeOfPieces) = try inPieces(.zlib)
        let isCompressed = self.isCompressed(archive)
        var whole = Outcome(unpacking: path, into: jail, named: archiveName, policy)
        if isCompressed, pieces.code == .damaged, whole.isWhole {
            // ISA-L takes Huffman codes that zlib refuses, and the checksum was right.
            try jail.clear()
            (pieces, treeOfPieces) = try inPieces(.auto)
            whole = Outcome(unpacking: path, into: jail, named: archiveName, policy)
        }
        faults += try jail.faults()
        if !pieces.agrees(with: whole, isCompressed: isCompressed) {
            faults.append("\(policy.name): \(pieces) in pieces, \(whole) as a whole")
        } else if whole.isWhole || !isCompressed {
            let changes = Set(try jail.tree()).symmetricDifference(treeOfPieces)
            if !changes.isEmpty { faults.append("\(policy.name): \(changes.sorted())") }
        }
        if whole.isWhole, !listed.isWhole, policy == .hardened {
            faults.append("unpacked, but listed as \(listed)")
        }
        return faults
    }

    private func isCompressed(_ archive: [UInt8]) -> Bool {
        archive.starts(with: [0x1f, 0x8b]) || archive.starts(with: Array("BZh".utf8))
            || archive.starts(with: [0xfd, 0x37, 0x7a]) || archiveName.hasSuffix(".zip")
    }
}
