#include "sgk_affine.h"

#include <math.h>

#include "elementwise.h"
#include "sgk_cpu.h"

// Sums go through this many lanes, in every variant.
enum { LANES = 16 };

SGK_INLINE size_t least(size_t a, size_t b) { return a < b ? a : b; }

SGK_INLINE void moments(const float *x, size_t n, const float *bias, size_t period, double *sum,
                        double *squares) {
  double first[LANES] = {0}, second[LANES] = {0};
  for (size_t i = 0; i < n; i += period) {
    size_t count = least(period, n - i);
    size_t whole = count - count % LANES;
    for (size_t j = 0; j < whole; j += LANES) {
      for (int l = 0; l < LANES; l++) {
        double v = x[i + j + l] + bias[j + l];
        first[l] += v;
        second[l] += v * v;
      }
    }
    for (size_t j = whole; j < count; j++) {
      double v = x[i + j] + bias[j];
      first[j - whole] += v;
      second[j - whole] += v * v;
    }
  }
  *sum = *squares = 0;
  for (int l = 0; l < LANES; l++) {
    *sum += first[l];
    *squares += second[l];
  }
}

SGK_INLINE void affine(float *x, size_t n, const float *gain, const float *offset, size_t period) {
  for (size_t i = 0; i < n; i += period) {
    size_t count = least(period, n - i);
#pragma clang loop vectorize(assume_safety)
    for (size_t j = 0; j < count; j++) x[i + j] = gain[j] * x[i + j] + offset[j];
  }
}

/// GELU(v) = max(v, 0) - |v| Phi(-|v|).
SGK_INLINE float gelu(float v) {
  float a = fabsf(v);
  return (v > 0 ? v : 0) - a * sgk_normal_tail(a);
}

SGK_INLINE void gelu_erf(float *x, size_t n, const float *gain, const float *offset,
                         size_t period) {
  for (size_t i = 0; i < n; i += period) {
    size_t count = least(period, n - i);
#pragma clang loop vectorize(assume_safety)
    for (size_t j = 0; j < count; j++) x[i + j] = gelu(gain[j] * x[i + j] + offset[j]);
  }
}

SGK_INLINE float sigmoid(float v) { return 1 / (1 + sgk_exp(-v)); }

SGK_INLINE void affine_glu(const float *x, size_t rows, size_t width, const float *gain,
                    const float *offset, float *y) {
  for (size_t r = 0; r < rows; r++) {
    const float *a = x + r * 2 * width, *b = a + width;
    float *out = y + r * width;
#pragma clang loop vectorize(assume_safety)
    for (size_t j = 0; j < width; j++) {
      out[j] = (gain[j] * a[j] + offset[j]) * sigmoid(gain[width + j] * b[j] + offset[width + j]);
    }
  }
}

SGK_INLINE void add_glu(const float *x, size_t rows, size_t width, const float *gain,
                        const float *offset, const float *scale, float *y) {
  for (size_t r = 0; r < rows; r++) {
    const float *a = x + r * 2 * width, *b = a + width;
    float *out = y + r * width;
#pragma clang loop vectorize(assume_safety)
    for (size_t j = 0; j < width; j++) {
      float v = (gain[j] * a[j] + offset[j]) * sigmoid(gain[width + j] * b[j] + offset[width + j]);
      out[j] += scale[j] * v;
    }
  }
}

SGK_KERNEL(moments,
           (const float *x, size_t n, const float *bias, size_t period, double *sum,
            double *squares),
           (x, n, bias, period, sum, squares))
SGK_KERNEL(affine, (float *x, size_t n, const float *gain, const float *offset, size_t period),
           (x, n, gain, offset, period))
SGK_KERNEL(gelu_erf, (float *x, size_t n, const float *gain, const float *offset, size_t period),
           (x, n, gain, offset, period))
SGK_KERNEL(affine_glu,
           (const float *x, size_t rows, size_t width, const float *gain, const float *offset,
            float *y),
           (x, rows, width, gain, offset, y))
SGK_KERNEL(add_glu,
           (const float *x, size_t rows, size_t width, const float *gain, const float *offset,
            const float *scale, float *y),
           (x, rows, width, gain, offset, scale, y))
