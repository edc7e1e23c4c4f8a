#pragma once

#include <stddef.h>

/// How a matrix operand lies in memory.
///
/// Element (i, p) of an operand whose dot products run over p: `data[i * row + p]`, or
/// `data[i + p * row]` when `transposed`. When `segment` is not 0, and the operand is not transposed,
/// p is cut into runs of `segment` elements that lie `stride` apart, so that the windows of a
/// convolution are a matrix without being copied: `data[i * row + p / segment * stride + p % segment]`.
/// Rows may overlap.
struct sgk_operand {
  const float *data;
  size_t row;
  int transposed;
  size_t segment;
  size_t stride;
};

/// c = alpha * a b^T + beta * c on the calling thread, where a is [m, k], b is [n, k] and c is [m, n]
/// with rows of `ldc`.
///
/// With `beta` 0, c is not read. `scratch` holds `sgk_gemm_scratch(m, n, k)` floats, aligned to 64 bytes.
/// Every element of c is summed in the same order wherever it lies in c, so any split of m and n gives
/// the same bits.
void sgk_gemm(const struct sgk_operand *a, const struct sgk_operand *b, size_t m, size_t n, size_t k,
              float alpha, float beta, float *c, size_t ldc, float *scratch);
void sgk_gemm_portable(const struct sgk_operand *a, const struct sgk_operand *b, size_t m, size_t n,
                       size_t k, float alpha, float beta, float *c, size_t ldc, float *scratch);

/// Floats of scratch that `sgk_gemm` needs.
size_t sgk_gemm_scratch(size_t m, size_t n, size_t k);
