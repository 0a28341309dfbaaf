#include <lzma.h>

/// The flags are macros with casts, which Swift does not import: streams that follow one another
/// are one, and a check that the library cannot compute is told instead of passed over.
static inline lzma_ret clzma_stream_decoder(lzma_stream *stream, uint64_t memoryLimit) {
    return lzma_stream_decoder(
        stream, memoryLimit, LZMA_CONCATENATED | LZMA_TELL_UNSUPPORTED_CHECK);
}
