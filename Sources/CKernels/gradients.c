#include "sgk_gradients.h"

#include <math.h>

#include "elementwise.h"
#include "sgk_cpu.h"

// Sums go through this many lanes, in every variant.
enum { LANES = 16 };

SGK_INLINE float dot(const float *a, const float *b, size_t n) {
  float lanes[LANES] = {0};
  size_t whole = n - n % LANES;
  for (size_t i = 0; i < whole; i += LANES) {
    for (int l = 0; l < LANES; l++) lanes[l] += a[i + l] * b[i + l];
  }
  for (size_t i = whole; i < n; i++) lanes[i - whole] += a[i] * b[i];
  for (int width = LANES / 2; width > 0; width /= 2) {
    for (int l = 0; l < width; l++) lanes[l] += lanes[l + width];
  }
  return lanes[0];
}

SGK_INLINE void accumulate(float *y, const float *x, float scale, size_t n) {
#pragma clang loop vectorize(assume_safety)
  for (size_t i = 0; i < n; i++) y[i] += scale * x[i];
}

/// With r = 1 / sqrt(mean(x^2) + eps), u = x r and g = w dy: dx += r (g - u mean(g u)), dw += u dy.
SGK_INLINE void rms_norm_backward(const float *x, const float *w, const float *dy, size_t rows,
                                  size_t width, float eps, float *dx, float *dw) {
  for (size_t row = 0; row < rows; row++, x += width, dy += width, dx += width) {
    float r = 1 / sqrtf(dot(x, x, width) / (float)width + eps);
    float lanes[LANES] = {0};
    size_t whole = width - width % LANES;
    for (size_t i = 0; i < whole; i += LANES) {
      for (int l = 0; l < LANES; l++) lanes[l] += x[i + l] * w[i + l] * dy[i + l];
    }
    for (size_t i = whole; i < width; i++) lanes[i - whole] += x[i] * w[i] * dy[i];
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) lanes[l] += lanes[l + half];
    }
    float mean = lanes[0] * r * r / (float)width;
#pragma clang loop vectorize(assume_safety)
    for (size_t i = 0; i < width; i++) {
      dx[i] += r * (w[i] * dy[i] - x[i] * mean);
      dw[i] += x[i] * r * dy[i];
    }
  }
}

SGK_INLINE void silu_product(const float *gate, const float *up, float *y, size_t n) {
#pragma clang loop vectorize(assume_safety)
  for (size_t i = 0; i < n; i++) y[i] = gate[i] / (1 + sgk_exp(-gate[i])) * up[i];
}

SGK_INLINE void silu_product_backward(const float *gate, const float *up, const float *dy, size_t n,
                                      float *dgate, float *dup) {
#pragma clang loop vectorize(assume_safety)
  for (size_t i = 0; i < n; i++) {
    float s = 1 / (1 + sgk_exp(-gate[i]));
    dgate[i] += dy[i] * up[i] * s * (1 + gate[i] * (1 - s));
    dup[i] += dy[i] * gate[i] * s;
  }
}

SGK_INLINE void gelu(const float *x, float *y, size_t n) {
#pragma clang loop vectorize(assume_safety)
  for (size_t i = 0; i < n; i++) {
    float a = fabsf(x[i]);
    y[i] = (x[i] > 0 ? x[i] : 0) - a * sgk_normal_tail(a);
  }
}

/// GELU'(x) = Phi(x) + x phi(x).
SGK_INLINE void gelu_backward(const float *x, const float *dy, size_t n, float *dx) {
#pragma clang loop vectorize(assume_safety)
  for (size_t i = 0; i < n; i++) {
    float tail = sgk_normal_tail(fabsf(x[i]));
    float density = 0.3989422804f * sgk_exp(-0.5f * x[i] * x[i]);
    dx[i] += dy[i] * ((x[i] > 0 ? 1 - tail : tail) + x[i] * density);
  }
}

SGK_INLINE void softmax_backward(float *e, const float *inverse, float *dp, size_t rows,
                                 size_t columns, size_t stride, float scale) {
  for (size_t row = 0; row < rows; row++, e += stride, dp += stride) {
    float share = inverse[row];
#pragma clang loop vectorize(assume_safety)
    for (size_t i = 0; i < columns; i++) e[i] *= share;
    float sum = dot(e, dp, columns);
#pragma clang loop vectorize(assume_safety)
    for (size_t i = 0; i < columns; i++) dp[i] = scale * e[i] * (dp[i] - sum);
  }
}

SGK_INLINE void adam_step(float *p, const float *gradient, float *m, float *v, size_t n,
                          const struct sgk_adam *adam) {
  const struct sgk_adam a = *adam;
  const float first = 1 / a.c1, second = 1 / a.c2;
#pragma clang loop vectorize(assume_safety)
  for (size_t i = 0; i < n; i++) {
    float g = a.scale * gradient[i];
    float mean = a.b1 * m[i] + (1 - a.b1) * g;
    float square = a.b2 * v[i] + (1 - a.b2) * g * g;
    m[i] = mean;
    v[i] = square;
    p[i] -= a.rate * (mean * first / (__builtin_elementwise_sqrt(square * second) + a.eps) + a.decay * p[i]);
  }
}

SGK_KERNEL(accumulate, (float *y, const float *x, float scale, size_t n), (y, x, scale, n))
SGK_KERNEL(rms_norm_backward,
           (const float *x, const float *w, const float *dy, size_t rows, size_t width, float eps,
            float *dx, float *dw),
           (x, w, dy, rows, width, eps, dx, dw))
SGK_KERNEL(silu_product, (const float *gate, const float *up, float *y, size_t n),
           (gate, up, y, n))
SGK_KERNEL(silu_product_backward,
           (const float *gate, const float *up, const float *dy, size_t n, float *dgate,
            float *dup),
           (gate, up, dy, n, dgate, dup))
SGK_KERNEL(gelu, (const float *x, float *y, size_t n), (x, y, n))
SGK_KERNEL(gelu_backward, (const float *x, const float *dy, size_t n, float *dx), (x, dy, n, dx))
SGK_KERNEL(softmax_backward,
           (float *e, const float *inverse, float *dp, size_t rows, size_t columns, size_t stride,
            float scale),
           (e, inverse, dp, rows, columns, stride, scale))
SGK_KERNEL(adam_step,
           (float *p, const float *gradient, float *m, float *v, size_t n,
            const struct sgk_adam *adam),
           (p, gradient, m, v, n, adam))
