#pragma once

#include <stddef.h>
#include <stdint.h>

/// Block-quantised element types, by the numbers that GGUF files give them.
///
/// A block is 32 elements, or 256 for the K types, with its scales beside them.
enum sgk_block_type {
  SGK_Q4_0 = 2,
  SGK_Q4_1 = 3,
  SGK_Q5_0 = 6,
  SGK_Q5_1 = 7,
  SGK_Q8_0 = 8,
  SGK_Q4_K = 12,
  SGK_Q5_K = 13,
  SGK_Q6_K = 14,
};

/// Widens `blocks` blocks of `type` to f32; products and sums are rounded one by one, so the numbers
/// are the same on every processor. Returns 0 for a type that is not known.
int sgk_blocks_widen(const void *source, int type, float *target, size_t blocks);

/// Writes `blocks` blocks of SGK_Q8_0: scale = max |x| / 127 as f16, elements x / scale rounded half
/// away from zero.
void sgk_blocks_quantise(const float *source, void *target, size_t blocks);

/// Rounds `n` floats to `type` (SGK_F16 or SGK_BF16 of sgk_gemv.h), to nearest, ties to even.
void sgk_narrow(const float *source, int type, uint16_t *target, size_t n);
