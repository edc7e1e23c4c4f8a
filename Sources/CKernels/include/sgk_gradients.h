#pragma once

#include <stddef.h>

// Elementwise steps of training. What is called dx, dy, ... is a gradient of the loss; results marked
// += are added to what is there.

/// y += scale * x, over `n` floats.
void sgk_accumulate(float *y, const float *x, float scale, size_t n);
void sgk_accumulate_portable(float *y, const float *x, float scale, size_t n);

/// For `rows` rows of `width` floats, y = x / sqrt(mean(x^2) + eps) * w: dx += and dw += from dy.
void sgk_rms_norm_backward(const float *x, const float *w, const float *dy, size_t rows,
                           size_t width, float eps, float *dx, float *dw);
void sgk_rms_norm_backward_portable(const float *x, const float *w, const float *dy, size_t rows,
                                    size_t width, float eps, float *dx, float *dw);

/// y = SiLU(gate) * up, over `n` floats.
void sgk_silu_product(const float *gate, const float *up, float *y, size_t n);
void sgk_silu_product_portable(const float *gate, const float *up, float *y, size_t n);

/// Of the same: dgate += and dup += from dy.
void sgk_silu_product_backward(const float *gate, const float *up, const float *dy, size_t n,
                               float *dgate, float *dup);
void sgk_silu_product_backward_portable(const float *gate, const float *up, const float *dy,
                                        size_t n, float *dgate, float *dup);

/// y = GELU(x), the erf form, over `n` floats.
void sgk_gelu(const float *x, float *y, size_t n);
void sgk_gelu_portable(const float *x, float *y, size_t n);

/// Of the same: dx += GELU'(x) dy.
void sgk_gelu_backward(const float *x, const float *dy, size_t n, float *dx);
void sgk_gelu_backward_portable(const float *x, const float *dy, size_t n, float *dx);

/// The softmax p = e * inverse of `rows` rows of `columns` floats, rows `stride` apart in e and dp:
/// p in place of e, and dp = scale * p * (dp - sum p dp).
void sgk_softmax_backward(float *e, const float *inverse, float *dp, size_t rows, size_t columns,
                          size_t stride, float scale);
void sgk_softmax_backward_portable(float *e, const float *inverse, float *dp, size_t rows,
                                   size_t columns, size_t stride, float scale);

/// One step of Adam (Kingma and Ba 2015) with decoupled weight decay, over `n` floats:
/// m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, p -= rate * (m / c1 / (sqrt(v / c2) + eps) + decay p),
/// where g is `scale` times the gradient and c1, c2 correct the bias of m and v.
struct sgk_adam {
  float scale, b1, b2, c1, c2, eps, rate, decay;
};
void sgk_adam_step(float *p, const float *gradient, float *m, float *v, size_t n,
                   const struct sgk_adam *adam);
void sgk_adam_step_portable(float *p, const float *gradient, float *m, float *v, size_t n,
                            const struct sgk_adam *adam);
