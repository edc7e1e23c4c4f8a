#pragma once

#include <stddef.h>

/// y = (x - mean x) / sqrt(var x + eps) * gain + offset, over `n` floats; y may be x.
void sgk_layer_norm(const float *x, const float *gain, const float *offset, float *y, size_t n,
                    float eps);
void sgk_layer_norm_portable(const float *x, const float *gain, const float *offset, float *y,
                             size_t n, float eps);

/// x = GELU(x + bias), the tanh form: v / (1 + e^(-2u)), u = sqrt(2 / pi) (v + 0.044715 v^3).
void sgk_gelu_bias(float *x, const float *bias, size_t n);
void sgk_gelu_bias_portable(float *x, const float *bias, size_t n);

/// h += gate * (y + bias), over `n` floats.
void sgk_add_gated(float *h, const float *y, const float *bias, const float *gate, size_t n);
void sgk_add_gated_portable(float *h, const float *y, const float *bias, const float *gate,
                            size_t n);

/// Adds `bias` (heads * width floats) to `x`, then turns the pairs (2p, 2p + 1) of each head.
///
/// `cosine` and `sine` hold width / 2 floats of the position.
void sgk_rope_pairs_bias(float *x, const float *bias, const float *cosine, const float *sine,
                         size_t heads, size_t width);
void sgk_rope_pairs_bias_portable(float *x, const float *bias, const float *cosine,
                                  const float *sine, size_t heads, size_t width);

/// x = e^(scale x - max) in each of `rows` rows of `columns` floats, `stride` apart; `inverse` gets 1
/// over the sum of each row.
void sgk_softmax_rows(float *x, size_t rows, size_t columns, size_t stride, float scale,
                      float *inverse);
void sgk_softmax_rows_portable(float *x, size_t rows, size_t columns, size_t stride, float scale,
                               float *inverse);
