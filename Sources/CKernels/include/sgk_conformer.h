#pragma once

#include <stddef.h>

/// x = SiLU(x + bias), over `n` floats; SiLU(v) = v / (1 + e^-v).
void sgk_silu_bias(float *x, const float *bias, size_t n);
void sgk_silu_bias_portable(float *x, const float *bias, size_t n);

/// The gated linear unit: y[i] = x[i] / (1 + e^-x[n + i]), for `n` floats of y and 2 n of x.
void sgk_glu(const float *x, float *y, size_t n);
void sgk_glu_portable(const float *x, float *y, size_t n);

/// A depthwise convolution at one place: y[c] = sum over k of w[k][c] * x[k][c], for `taps` rows of
/// `channels` floats, which follow each other in both.
void sgk_depthwise(const float *x, const float *w, float *y, size_t taps, size_t channels);
void sgk_depthwise_portable(const float *x, const float *w, float *y, size_t taps,
                            size_t channels);

/// y = x + bias where that is above 0, else 0, over `n` floats; y may be x.
void sgk_relu_bias(const float *x, const float *bias, float *y, size_t n);
void sgk_relu_bias_portable(const float *x, const float *bias, float *y, size_t n);
