/// The layer of compression that a file's first bytes announce, and what went through it.
///
/// libarchive's word for such a layer is filter.
final class ArchiveFilter {
    /// `nil` for bytes that are not compressed.
    private(set) var decompressor: (any Decompressor)?
    private let maxRatio: UInt64?
    /// Bytes of the file that went in.
    private(set) var inputCount: UInt64 = 0
    private var outputCount: UInt64 = 0

    /// The filter of a file that begins with `head`: its first 512 bytes, or all where it has
    /// fewer.
    ///
    /// - Throws: ``ArchiveFault`` where this build lacks the format, or the caller said otherwise.
    init(of head: [UInt8], rules: ContentRules) throws(ArchiveFault) {
        maxRatio = rules.limits.maxRatio
        decompressor = try rules.compression(of: head)?.decoder(inflatingBy: rules.backEnd)
    }

    /// Decompresses; see ``Decompressor/decode(_:into:)``.
    func decode(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>
    ) throws(ArchiveFault) -> DecodingProgress {
        guard let decompressor else { return DecodingProgress(consumed: 0, produced: 0) }
        let progress: DecodingProgress
        do throws(ArchiveFault) {
            progress = try decompressor.decode(input, into: &output)
        } catch {
            throw located(error)
        }
        inputCount += UInt64(progress.consumed)
        outputCount += UInt64(progress.produced)
        try checkRatio()
        return progress
    }

    /// Goes on with a decompressor that another thread has brought further.
    func goOn(with next: any MemberDecompressor, consumed: Int, produced: Int) {
        decompressor = next
        inputCount += UInt64(consumed)
        outputCount += UInt64(produced)
    }

    /// Checks that the file may end here.
    func finish() throws(ArchiveFault) {
        do throws(ArchiveFault) {
            try decompressor?.finish()
        } catch {
            throw located(error)
        }
    }

    /// Adds where the unpacked stream was.
    private func located(_ fault: ArchiveFault) -> ArchiveFault {
        var fault = fault
        fault.offset = fault.offset ?? outputCount
        return fault
    }

    private func checkRatio() throws(ArchiveFault) {
        guard let maxRatio, outputCount > 1 << 20 else { return }
        let (most, overflow) = inputCount.multipliedReportingOverflow(by: maxRatio)
        guard overflow || outputCount <= most else {
            throw ArchiveFault(
                .limit, "more bytes come out of each byte than max-ratio (\(maxRatio)) allows",
                offset: outputCount)
        }
    }
}
