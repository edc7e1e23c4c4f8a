#pragma once

#include <stddef.h>

// Elementwise steps around convolutions. `gain`, `offset`, `bias` and `scale` hold `period` floats, which
// repeat: element i takes number i mod period. Short ones are best handed over several times in a row.

/// The sums of x + bias and of (x + bias)^2 over `n` floats, in double.
void sgk_moments(const float *x, size_t n, const float *bias, size_t period, double *sum,
                 double *squares);
void sgk_moments_portable(const float *x, size_t n, const float *bias, size_t period, double *sum,
                          double *squares);

/// x = gain * x + offset, over `n` floats.
void sgk_affine(float *x, size_t n, const float *gain, const float *offset, size_t period);
void sgk_affine_portable(float *x, size_t n, const float *gain, const float *offset, size_t period);

/// x = GELU(gain * x + offset), over `n` floats; the erf form, within 3e-7 |x|.
void sgk_gelu_erf(float *x, size_t n, const float *gain, const float *offset, size_t period);
void sgk_gelu_erf_portable(float *x, size_t n, const float *gain, const float *offset,
                           size_t period);

/// y = a * sigmoid(b) for `rows` rows of x, which are a and b side by side, `width` floats each, after
/// gain and offset (2 * width floats). y is [rows, width] and may not be x.
void sgk_affine_glu(const float *x, size_t rows, size_t width, const float *gain,
                    const float *offset, float *y);
void sgk_affine_glu_portable(const float *x, size_t rows, size_t width, const float *gain,
                             const float *offset, float *y);

/// y += scale * GLU(gain * x + offset); as `sgk_affine_glu`, with `width` floats of scale.
void sgk_add_glu(const float *x, size_t rows, size_t width, const float *gain, const float *offset,
                 const float *scale, float *y);
void sgk_add_glu_portable(const float *x, size_t rows, size_t width, const float *gain,
                          const float *offset, const float *scale, float *y);
