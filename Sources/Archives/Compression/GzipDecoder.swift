/// Inflates a gzip stream of any number of members, and checks every CRC and size.
///
/// RFC 1952 and what gzip 1.12 does behind a member: zero bytes are padding, bytes that do not
/// begin a member are trailing garbage (told, not an error), bytes that begin one are one.
final class GzipDecoder: Decompressor {
    let name = "gzip"

    private enum State {
        case header
        case body
        case trailer
        case betweenMembers
        case garbage
    }

    private var state = State.header
    private var header = GzipHeader()
    private var inflater = InflateStream()
    private var output = [UInt8](repeating: 0, count: 256 << 10)
    private var checksum: UInt32 = 0
    private var length: UInt32 = 0
    private var trailer: [8 of UInt8] = .init(repeating: 0)
    private var trailerCount = 0
    private var sawMagicByte = false

    /// Bytes of input that were used up.
    private(set) var consumed: UInt64 = 0
    /// Bytes that came out.
    private(set) var produced: UInt64 = 0
    /// Members that are whole.
    private(set) var members = 0
    /// Whether bytes behind the last member were passed over.
    var hasTrailingGarbage: Bool { state == .garbage }

    /// Takes a piece of input and hands on what comes out of it.
    func decode(
        _ input: borrowing Span<UInt8>,
        emit: (borrowing Span<UInt8>) throws(ArchiveFault) -> Void
    ) throws(ArchiveFault) {
        var index = 0
        while index < input.count {
            do throws(ArchiveFault) {
                switch state {
                case .header:
                    if try header.take(input[index]) { startBody() }
                    index += 1
                    consumed += 1
                case .body:
                    index += try inflate(input.extracting(droppingFirst: index), emit: emit)
                case .trailer:
                    trailer[trailerCount] = input[index]
                    trailerCount += 1
                    index += 1
                    consumed += 1
                    if trailerCount == 8 { try checkTrailer() }
                case .betweenMembers:
                    lookBehindMember(input[index])
                    index += 1
                    consumed += 1
                case .garbage:
                    consumed += UInt64(input.count - index)
                    index = input.count
                }
            } catch {
                throw located(error)
            }
        }
    }

    /// Checks that the stream may end here.
    func finish() throws(ArchiveFault) {
        switch state {
        case .betweenMembers, .garbage: return
        case .header, .body, .trailer:
            throw ArchiveFault(
                .truncated, "gzip member \(members + 1) is cut off",
                inputOffset: consumed)
        }
    }

    private func startBody() {
        state = .body
        checksum = 0
        length = 0
    }

    private func inflate(
        _ input: borrowing Span<UInt8>,
        emit: (borrowing Span<UInt8>) throws(ArchiveFault) -> Void
    ) throws(ArchiveFault) -> Int {
        let progress = try inflater.inflate(input, into: &output)
        consumed += UInt64(progress.consumed)
        if progress.produced > 0 {
            // A span of a class's property cannot outlive the access; the second reference goes
            // before the buffer is written again, so nothing is copied.
            let buffer = output
            let bytes = buffer.span.extracting(first: progress.produced)
            checksum = crc32(bytes, continuing: checksum)
            length &+= UInt32(truncatingIfNeeded: progress.produced)
            produced += UInt64(progress.produced)
            try emit(bytes)
        }
        if progress.isEnd {
            state = .trailer
            trailerCount = 0
        } else if progress.consumed == 0, progress.produced == 0 {
            throw ArchiveFault(.damaged, "the compressed data lead nowhere")
        }
        return progress.consumed
    }

    private func checkTrailer() throws(ArchiveFault) {
        let storedChecksum = number(at: 0)
        let storedLength = number(at: 4)
        guard storedChecksum == checksum else {
            throw ArchiveFault(
                .damaged,
                "CRC of gzip member \(members + 1) is wrong (expected \(hex(storedChecksum)),"
                    + " computed \(hex(checksum)))")
        }
        guard storedLength == length else {
            throw ArchiveFault(
                .damaged,
                "size of gzip member \(members + 1) is wrong (expected \(storedLength), got"
                    + " \(length))")
        }
        members += 1
        state = .betweenMembers
        sawMagicByte = false
        inflater.reset()
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

    /// Adds the offset in the input to a fault of this decoder; one from behind it has its own.
    private func located(_ fault: ArchiveFault) -> ArchiveFault {
        guard fault.offset == nil, fault.member == nil else { return fault }
        var fault = fault
        if fault.inputOffset == nil, fault.code == .damaged { fault.inputOffset = consumed }
        return fault
    }
}
