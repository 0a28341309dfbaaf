#include <isa-l.h>

/// What was inflated and did not fit into the caller's space; Swift does not see arrays of this size.
static inline const uint8_t *cisal_waiting(const struct inflate_state *state) {
    return state->tmp_out_buffer + state->tmp_out_processed;
}
