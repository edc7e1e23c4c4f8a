#pragma once

#include <stddef.h>

/// y = x / sqrt(mean(x^2) + eps) * w, over `n` floats; y may be x.
void sgk_rms_norm(const float *x, const float *w, float *y, size_t n, float eps);
void sgk_rms_norm_portable(const float *x, const float *w, float *y, size_t n, float eps);

/// gate = SiLU(gate) * up, over `n` floats; SiLU(v) = v / (1 + e^-v).
void sgk_silu_gate(float *gate, const float *up, size_t n);
void sgk_silu_gate_portable(float *gate, const float *up, size_t n);

/// Rotary position of one head in the "half" convention: pairs (i, i + width / 2).
///
/// `cosine` and `sine` hold width / 2 floats of the head's position.
void sgk_rope_half(float *x, const float *cosine, const float *sine, size_t width);
