/// What one archive may take; reaching a limit is an error that names it, exactly a limit is not.
public struct ExtractionLimits: Sendable, Hashable {
    /// Bytes of all files as they are written; 64 GiB.
    public var maxBytes: UInt64 = 64 << 30
    /// Members of any type, skipped ones included; 1,000,000.
    ///
    /// As many directories again may be made on the way to them that no member names.
    public var maxMembers = 1_000_000
    /// Bytes out of the decompressor per byte in, judged from 1 MiB of output on; none by default,
    /// as honest zeros reach 1,000.
    public var maxRatio: UInt64?
    /// An extended header or a long name, in bytes; 1 MiB.
    public var maxHeaderBytes = 1 << 20
    /// A name after normalisation, in bytes.
    public let maxNameBytes = 4_095
    /// A link's target, in bytes.
    public let maxTargetBytes = 4_095

    /// The defaults.
    public init() {}

    /// Whether so many bytes may come that are no file's data yet, or never: padding, the records
    /// of a zip.
    ///
    /// ``maxBytes`` counts what is written; an honest archive has more than that of its own, and
    /// is smaller compressed than not.
    func allowIdle(_ bytes: UInt64) -> Bool { bytes < 1 << 24 || bytes / 2 <= maxBytes }
}
