#pragma once

#include <stddef.h>
#include <stdint.h>

/// Keys and values of one head in int8: blocks of 256 positions.
///
/// A block holds, for heads of W floats padded to a multiple of 16,
///
///     keys    i8  [16][W / 4][16][4]   sixteen positions side by side, four elements each
///     values  i8  [64][W][4]           four positions side by side
///     scales  f32 [2][256]             of keys, of values: the largest magnitude over 127
///
/// so that a query reads keys and values front to back, and one load serves 16 positions or 16
/// elements.
enum { SGK_BLOCK = 256 };

/// Bytes of a block, a multiple of 64.
size_t sgk_block_bytes(size_t width);

/// Files key and value, `width` floats each, as position `position` (below 256) of a block.
void sgk_block_store(void *block, size_t position, const float *key, const float *value,
                     size_t width);

/// Reads a position back.
void sgk_block_load(const void *block, size_t position, float *key, float *value, size_t width);

/// One query of one head against `n` positions in blocks: block b begins at `blocks[b] + offset`.
///
/// out[d] = sum over p of softmax_p(scale * q . key_p) * value_p[d]. The query goes in with 15 bits and
/// the weights with 14, as two int8 products each, so what is lost is lost by the cache alone. n is at
/// most 100000; `scratch` holds `sgk_attend_scratch(n)` floats, aligned to 64 bytes.
void sgk_attend_blocks(const float *q, const uint8_t *const *blocks, size_t offset, size_t n,
                       size_t width, float scale, float *scratch, float *out);
void sgk_attend_blocks_portable(const float *q, const uint8_t *const *blocks, size_t offset,
                                size_t n, size_t width, float scale, float *scratch, float *out);

/// Floats of scratch for `n` positions.
size_t sgk_attend_scratch(size_t n);
