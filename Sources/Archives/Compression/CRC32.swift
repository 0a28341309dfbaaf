#if ISAL
import CISAL
#else
import CZlib
#endif

/// CRC-32 (RFC 1952) of more bytes, by the fastest that was built in, whichever library inflates:
/// zlib's own takes a tenth of the time that its inflating takes.
func crc32(_ bytes: borrowing Span<UInt8>, continuing checksum: UInt32) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer {
        #if ISAL
        unsafe crc32_gzip_refl(checksum, $0.baseAddress, UInt64($0.count))
        #else
        UInt32(
            truncatingIfNeeded: unsafe CZlib.crc32_z(UInt(checksum), $0.baseAddress, $0.count))
        #endif
    }
}
