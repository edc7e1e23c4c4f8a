#pragma once

#include <stddef.h>

/// One query of one head against `n` cached positions.
///
/// out[d] = sum over p of softmax_p(scale * q . keys[p]) * values[p][d]. `keys` and `values` are
/// [n][width] and contiguous; `scores` is scratch of `n` floats; `q` and `out` have `width` floats.
void sgk_attend(const float *q, const float *keys, const float *values, size_t n, size_t width,
                float scale, float *scores, float *out);
void sgk_attend_portable(const float *q, const float *keys, const float *values, size_t n,
                         size_t width, float scale, float *scores, float *out);

/// Softmax of `n` floats in place, multiplied by `scale` first.
void sgk_softmax_scaled(float *x, size_t n, float scale);
void sgk_softmax_scaled_portable(float *x, size_t n, float scale);
