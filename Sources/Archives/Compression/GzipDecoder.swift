/// Inflates a gzip stream of any number of members, and checks every CRC and size.
///
/// RFC 1952 and what gzip 1.12 does behind a member: zero bytes are padding, bytes that do not
/// begin a member are trailing garbage (told, not an error), bytes that begin one are one.
final class GzipDecoder<Stream: InflateStream & ~Copyable>: MemberDecompressor {
    let name = "gzip"

    private enum State {
        case header
        case body
        case trailer
        case betweenMembers
        case garbage
        case damaged(ArchiveFault)
    }

    private var state = State.header
    private var header = GzipHeader()
    private var stream: Stream
    private var checksum: UInt32 = 0
    private var length: UInt32 = 0
    private var trailer: [8 of UInt8] = .init(repeating: 0)
    private var trailerCount = 0
    private var sawMagicByte = false
    /// Bytes of input that were used up.
    private var consumed: UInt64 = 0
    /// Members that are whole.
    private(set) var members = 0

    /// A decoder that has seen nothing yet.
    init(inflatingBy stream: consuming Stream) {
        self.stream = stream
    }

    var hasTrailingGarbage: Bool {
        switch state {
        case .garbage: true
        // The first byte of a member that does not come.
        case .betweenMembers: sawMagicByte
        case .header, .body, .trailer, .damaged: false
        }
    }

    var isBetweenMembers: Bool {
        if case .betweenMembers = state { !sawMagicByte } else { false }
    }

    var isDamaged: Bool {
        if case .damaged = state { true } else { false }
    }

    func follow(offset: UInt64, members: Int) {
        consumed += offset
        self.members += members
    }

    func decode(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>
    ) throws(ArchiveFault) -> DecodingProgress {
        var progress = DecodingProgress(consumed: 0, produced: 0)
        while true {
            let rest = input.extracting(droppingFirst: progress.consumed)
            if case .body = state {
                guard progress.produced < output.count else { return progress }
                let inflated = inflate(rest, into: &output, at: progress.produced)
                progress.consumed += inflated.consumed
                progress.produced += inflated.produced
                if case .body = state, inflated.consumed == 0, inflated.produced == 0 {
                    return progress
                }
                continue
            }
            if case .damaged(let fault) = state {
                if progress.produced > 0 { return progress }
                throw fault
            }
            guard !rest.isEmpty else { return progress }
            if case .garbage = state {
                consumed += UInt64(rest.count)
                progress.consumed = input.count
                return progress
            }
            progress.consumed += 1
            consumed += 1
            take(rest[0])
        }
    }

    func finish() throws(ArchiveFault) {
        switch state {
        case .betweenMembers, .garbage: return
        case .damaged(let fault): throw fault
        case .header, .body, .trailer:
            throw ArchiveFault(
                .truncated, "gzip member \(members + 1) is cut off", inputOffset: consumed)
        }
    }

    /// Takes one byte of what is not deflate data.
    private func take(_ byte: UInt8) {
        do throws(ArchiveFault) {
            switch state {
            case .header:
                if try header.take(byte) { startBody() }
            case .trailer:
                trailer[trailerCount] = byte
                trailerCount += 1
                if trailerCount == 8 { try checkTrailer() }
            case .betweenMembers: lookBehindMember(byte)
            case .body, .garbage, .damaged: break
            }
        } catch {
            var fault = error
            fault.inputOffset = fault.inputOffset ?? consumed - 1
            if case .trailer = state { fault.isOverlookedByLibarchive = true }
            state = .damaged(fault)
        }
    }

    private func startBody() {
        state = .body
        checksum = 0
        length = 0
    }

    private func inflate(
        _ input: borrowing Span<UInt8>, into output: inout MutableSpan<UInt8>, at start: Int
    ) -> InflateProgress {
        let progress = stream.inflate(input, into: &output, at: start)
        consumed += UInt64(progress.consumed)
        if progress.produced > 0 {
            let bytes = output.span.extracting(start..<start + progress.produced)
            checksum = crc32(bytes, continuing: checksum)
            length &+= UInt32(truncatingIfNeeded: progress.produced)
        }
        if let words = progress.damage {
            state = .damaged(
                ArchiveFault(
                    .damaged, "the compressed data are broken (\(words))",
                    inputOffset: consumed - min(consumed, UInt64(progress.held))))
        } else if progress.isEnd {
            state = .trailer
            trailerCount = 0
            consumed -= UInt64(progress.behindEnd.count)
            for byte in progress.behindEnd {
                consumed += 1
                take(byte)
            }
        }
        return progress
    }

    private func checkTrailer() throws(ArchiveFault) {
        let storedChecksum = number(at: 0)
        let storedLength = number(at: 4)
        guard storedChecksum == checksum else {
            throw ArchiveFault(
                .damaged,
                "CRC of gzip member \(members + 1) is wrong", inputOffset: consumed - 8,
                detail: "expected \(hex(storedChecksum)), computed \(hex(checksum))")
        }
        guard storedLength == length else {
            throw ArchiveFault(
                .damaged,
                "size of gzip member \(members + 1) is wrong", inputOffset: consumed - 4,
                detail: "expected \(storedLength), got \(length)")
        }
        members += 1
        state = .betweenMembers
        sawMagicByte = false
        stream.reset()
    }

    private func lookBehindMember(_ byte: UInt8) {
        if sawMagicByte {
            sawMagicByte = false
            if byte == 0x8b {
                state = .header
                header = GzipHeader(magicSeen: 2)
            } else {
                state = .garbage
            }
        } else if byte == 0x1f {
            sawMagicByte = true
        } else if byte != 0 {
            state = .garbage
        }
    }

    private func number(at index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(trailer[index + $1]) << (8 * UInt32($1)) }
    }

    private func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
