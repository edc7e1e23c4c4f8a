#pragma once

#include <stddef.h>
#include <stdint.h>

/// Matrix products in integers: rows of activations times packed weights.
///
/// Both operands are cut into groups of `SGK_INTEGER_GROUP` elements along k, and each group of a row
/// is stored as integers times one scale. The products of a group are summed exactly, in 32 bits; the
/// sums of the groups are added in f32, in order. So every variant gives the same bits, wherever an
/// element lies and however the product is cut up.
enum sgk_integer_element {
  /// -2896 … 2896 in 16 bits: with groups of 256, the widest range whose sums fit 32 bits. A group's
  /// rounding error is at most 1 / 5792 of its largest element.
  SGK_INT16 = 0,
  /// -127 … 127, in activations stored plus 128.
  SGK_INT8 = 1,
};

enum { SGK_INTEGER_GROUP = 256 };

/// Quantised rows. Row i has `width` elements, and lies `pitch` elements after row i - 1; its
/// `(width + 255) / 256` scales follow those of row i - 1.
///
/// With `segments` above 1 the left operand's row i is made of the rows i, i + step, … i + (segments -
/// 1) step, one after the other: the windows of a convolution, which are not copied.
struct sgk_integer_rows {
  const void *data;
  const float *scales;
  size_t width;
  size_t pitch;
  size_t segments;
  size_t step;
};

/// The pitch of quantised rows of `width` elements: a multiple of 32.
size_t sgk_integer_pitch(size_t width);

/// Quantises a row of `width` floats to `sgk_integer_pitch(width)` elements; those beyond are zero.
void sgk_integer_quantise(int element, const float *x, size_t width, void *out, float *scales);
void sgk_integer_quantise_portable(int element, const float *x, size_t width, void *out, float *scales);

/// Bytes of packed weights for `n` outputs and `segments` times `width` inputs.
size_t sgk_integer_weight_bytes(int element, size_t n, size_t width, size_t segments);

/// Bytes before output `column`, a multiple of 48.
size_t sgk_integer_weight_offset(int element, size_t column, size_t width, size_t segments);

/// Packs the outputs `first` to `first + count`, `first` a multiple of 48, and `count` too unless they
/// are the last. `packed`, aligned to 64 bytes, is the start of all `sgk_integer_weight_bytes`.
///
/// Weight (j, p) is `w[j * row + p]`, or `w[p * row + j]` when `transposed`, p going over all
/// segments.
void sgk_integer_pack(int element, const float *w, size_t row, int transposed, size_t first,
                      size_t count, size_t width, size_t segments, void *packed);
void sgk_integer_pack_portable(int element, const float *w, size_t row, int transposed, size_t first,
                               size_t count, size_t width, size_t segments, void *packed);

/// What becomes of a product y.
struct sgk_integer_result {
  /// [m, n], rows of `stride`.
  float *c;
  size_t stride;
  /// Added to y when not null: n floats.
  const float *bias;
  /// When not null: c += gate * (y + bias); n floats.
  const float *gate;
  /// Without a gate: c += y + bias, when not 0.
  int accumulate;
};

/// The product of `m` rows and `n` packed outputs, which begin at a multiple of 48: `packed` points
/// there, and so do the results' columns.
void sgk_integer_gemm(int element, const struct sgk_integer_rows *a, const void *packed, size_t m,
                      size_t n, const struct sgk_integer_result *result);
void sgk_integer_gemm_portable(int element, const struct sgk_integer_rows *a, const void *packed,
                               size_t m, size_t n, const struct sgk_integer_result *result);
