#include "sgk_flow.h"

#include <math.h>

#include "elementwise.h"
#include "sgk_cpu.h"

// Sums go through this many lanes, in every variant.
enum { LANES = 32 };

SGK_INLINE float total(const float *lanes) {
  float half[LANES];
  memcpy(half, lanes, sizeof half);
  for (int width = LANES / 2; width > 0; width /= 2) {
    for (int j = 0; j < width; j++) half[j] += half[j + width];
  }
  return half[0];
}

SGK_INLINE void layer_norm(const float *x, const float *gain, const float *offset, float *y,
                           size_t n, float eps) {
  float lanes[LANES] = {0};
  size_t whole = n - n % LANES;
  for (size_t i = 0; i < whole; i += LANES) {
    for (int j = 0; j < LANES; j++) lanes[j] += x[i + j];
  }
  for (size_t i = whole; i < n; i++) lanes[i - whole] += x[i];
  float mean = total(lanes) / (float)n;
  for (int j = 0; j < LANES; j++) lanes[j] = 0;
  for (size_t i = 0; i < whole; i += LANES) {
    for (int j = 0; j < LANES; j++) lanes[j] += (x[i + j] - mean) * (x[i + j] - mean);
  }
  for (size_t i = whole; i < n; i++) lanes[i - whole] += (x[i] - mean) * (x[i] - mean);
  float factor = 1 / sqrtf(total(lanes) / (float)n + eps);
#pragma clang loop vectorize(assume_safety)
  for (size_t i = 0; i < n; i++) y[i] = (x[i] - mean) * factor * gain[i] + offset[i];
}

SGK_INLINE void gelu_bias(float *x, const float *bias, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float v = x[i] + bias[i];
    float u = 0.7978845608f * (v + 0.044715f * v * v * v);
    x[i] = v / (1 + sgk_exp(-2 * u));
  }
}

SGK_INLINE void add_gated(float *h, const float *y, const float *bias, const float *gate,
                          size_t n) {
  for (size_t i = 0; i < n; i++) h[i] += gate[i] * (y[i] + bias[i]);
}

SGK_INLINE void rope_pairs_bias(float *x, const float *bias, const float *cosine,
                                const float *sine, size_t heads, size_t width) {
  for (size_t head = 0; head < heads; head++) {
    float *row = x + head * width;
    const float *add = bias + head * width;
    for (size_t p = 0; p < width / 2; p++) {
      float u = row[2 * p] + add[2 * p], v = row[2 * p + 1] + add[2 * p + 1];
      row[2 * p] = u * cosine[p] - v * sine[p];
      row[2 * p + 1] = v * cosine[p] + u * sine[p];
    }
  }
}

SGK_INLINE void softmax_rows(float *x, size_t rows, size_t columns, size_t stride, float scale,
                             float *inverse) {
  size_t whole = columns - columns % LANES;
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * stride;
    float lanes[LANES];
    for (int j = 0; j < LANES; j++) lanes[j] = -INFINITY;
    for (size_t i = 0; i < whole; i += LANES) {
      for (int j = 0; j < LANES; j++) lanes[j] = row[i + j] > lanes[j] ? row[i + j] : lanes[j];
    }
    float top = -INFINITY;
    for (size_t i = whole; i < columns; i++) top = row[i] > top ? row[i] : top;
    for (int j = 0; j < LANES; j++) top = lanes[j] > top ? lanes[j] : top;
    float shift = scale * top;
    for (int j = 0; j < LANES; j++) lanes[j] = 0;
    for (size_t i = 0; i < whole; i += LANES) {
      for (int j = 0; j < LANES; j++) {
        float e = sgk_exp(scale * row[i + j] - shift);
        row[i + j] = e;
        lanes[j] += e;
      }
    }
    for (size_t i = whole; i < columns; i++) {
      row[i] = sgk_exp(scale * row[i] - shift);
      lanes[i - whole] += row[i];
    }
    inverse[r] = 1 / total(lanes);
  }
}

void sgk_layer_norm_portable(const float *x, const float *gain, const float *offset, float *y,
                             size_t n, float eps) {
  layer_norm(x, gain, offset, y, n, eps);
}

void sgk_gelu_bias_portable(float *x, const float *bias, size_t n) {
  gelu_bias(x, bias, n);
}

void sgk_add_gated_portable(float *h, const float *y, const float *bias, const float *gate,
                            size_t n) {
  add_gated(h, y, bias, gate, n);
}

void sgk_rope_pairs_bias_portable(float *x, const float *bias, const float *cosine,
                                  const float *sine, size_t heads, size_t width) {
  rope_pairs_bias(x, bias, cosine, sine, heads, width);
}

void sgk_softmax_rows_portable(float *x, size_t rows, size_t columns, size_t stride, float scale,
                               float *inverse) {
  softmax_rows(x, rows, columns, stride, scale, inverse);
}

#if defined(__x86_64__)
SGK_TARGET_AVX2 static void layer_norm_avx2(const float *x, const float *gain, const float *offset,
                                            float *y, size_t n, float eps) {
  layer_norm(x, gain, offset, y, n, eps);
}

SGK_TARGET_AVX512 static void layer_norm_avx512(const float *x, const float *gain,
                                                const float *offset, float *y, size_t n,
                                                float eps) {
  layer_norm(x, gain, offset, y, n, eps);
}

SGK_TARGET_AVX2 static void gelu_bias_avx2(float *x, const float *bias, size_t n) {
  gelu_bias(x, bias, n);
}

SGK_TARGET_AVX512 static void gelu_bias_avx512(float *x, const float *bias, size_t n) {
  gelu_bias(x, bias, n);
}

SGK_TARGET_AVX2 static void add_gated_avx2(float *h, const float *y, const float *bias,
                                           const float *gate, size_t n) {
  add_gated(h, y, bias, gate, n);
}

SGK_TARGET_AVX512 static void add_gated_avx512(float *h, const float *y, const float *bias,
                                               const float *gate, size_t n) {
  add_gated(h, y, bias, gate, n);
}

SGK_TARGET_AVX2 static void rope_pairs_bias_avx2(float *x, const float *bias, const float *cosine,
                                                 const float *sine, size_t heads, size_t width) {
  rope_pairs_bias(x, bias, cosine, sine, heads, width);
}

SGK_TARGET_AVX512 static void rope_pairs_bias_avx512(float *x, const float *bias,
                                                     const float *cosine, const float *sine,
                                                     size_t heads, size_t width) {
  rope_pairs_bias(x, bias, cosine, sine, heads, width);
}

SGK_TARGET_AVX2 static void softmax_rows_avx2(float *x, size_t rows, size_t columns, size_t stride,
                                              float scale, float *inverse) {
  softmax_rows(x, rows, columns, stride, scale, inverse);
}

SGK_TARGET_AVX512 static void softmax_rows_avx512(float *x, size_t rows, size_t columns,
                                                  size_t stride, float scale, float *inverse) {
  softmax_rows(x, rows, columns, stride, scale, inverse);
}

#define SGK_PICK(name, ...)                                \
  int level = sgk_cpu_level();                             \
  if (level >= SGK_AVX512) return name##_avx512(__VA_ARGS__); \
  if (level >= SGK_AVX2) return name##_avx2(__VA_ARGS__)
#else
#define SGK_PICK(name, ...)
#endif

void sgk_layer_norm(const float *x, const float *gain, const float *offset, float *y, size_t n,
                    float eps) {
  SGK_PICK(layer_norm, x, gain, offset, y, n, eps);
  sgk_layer_norm_portable(x, gain, offset, y, n, eps);
}

void sgk_gelu_bias(float *x, const float *bias, size_t n) {
  SGK_PICK(gelu_bias, x, bias, n);
  sgk_gelu_bias_portable(x, bias, n);
}

void sgk_add_gated(float *h, const float *y, const float *bias, const float *gate, size_t n) {
  SGK_PICK(add_gated, h, y, bias, gate, n);
  sgk_add_gated_portable(h, y, bias, gate, n);
}

void sgk_rope_pairs_bias(float *x, const float *bias, const float *cosine, const float *sine,
                         size_t heads, size_t width) {
  SGK_PICK(rope_pairs_bias, x, bias, cosine, sine, heads, width);
  sgk_rope_pairs_bias_portable(x, bias, cosine, sine, heads, width);
}

void sgk_softmax_rows(float *x, size_t rows, size_t columns, size_t stride, float scale,
                      float *inverse) {
  SGK_PICK(softmax_rows, x, rows, columns, stride, scale, inverse);
  sgk_softmax_rows_portable(x, rows, columns, stride, scale, inverse);
}
