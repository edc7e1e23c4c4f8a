#pragma once

#include <stddef.h>
#include <stdint.h>

/// Element types of a stored weight matrix.
enum sgk_weight_type {
  SGK_F32 = 0,
  SGK_F16 = 1,
  SGK_BF16 = 2,
};

/// y[b][o] = sum over k of w[o][k] * x[b][k], for `rows` output rows and 1 or 2 batch rows.
///
/// `w` is row-major [rows][k] of `type`; `x` is [batch][x_stride], `y` is [batch][y_stride], f32.
/// Both batch rows share each load of the weights. An output element depends on its own weight row
/// and its own x only, so any split of the rows gives the same bits.
void sgk_gemv(const void *w, int type, size_t rows, size_t k, const float *x, size_t x_stride,
              float *y, size_t y_stride, int batch);
void sgk_gemv_portable(const void *w, int type, size_t rows, size_t k, const float *x,
                       size_t x_stride, float *y, size_t y_stride, int batch);

/// Widens `n` stored elements of `type` to f32.
void sgk_widen(const void *source, int type, float *target, size_t n);
void sgk_widen_portable(const void *source, int type, float *target, size_t n);
