#include <math.h>

#include "elementwise.h"
#include "half.h"
#include "sgk_cpu.h"
#include "sgk_packed.h"

enum { QUADS = SGK_GROUP / 4, PANEL_BYTES = SGK_PANEL * 4 };

uint16_t sgk_half(float x) { return sgk_float_to_half(x); }

void sgk_pack_group(int format, size_t row, size_t group, const int8_t *integers, uint16_t scale,
                    void *values, uint16_t *scales) {
  scales[group * SGK_PANEL + row] = scale;
  if (format == SGK_Q8) {
    int8_t *place = (int8_t *)values + group * QUADS * PANEL_BYTES + row * 4;
    for (size_t j = 0; j < QUADS; j++) memcpy(place + j * PANEL_BYTES, integers + 4 * j, 4);
    return;
  }
  uint8_t *place = (uint8_t *)values + group * QUADS / 2 * PANEL_BYTES + row * 4;
  for (size_t j = 0; j < QUADS / 2; j++) {
    for (size_t i = 0; i < 4; i++) {
      int low = integers[4 * j + i] + 8, high = integers[4 * (j + QUADS / 2) + i] + 8;
      place[j * PANEL_BYTES + i] = (uint8_t)((low & 15) | (high & 15) << 4);
    }
  }
}

SGK_INLINE int8_t rounded(float x, float least, float most) {
  x = x > least ? x : least;
  x = x < most ? x : most;
  return (int8_t)sgk_nearest(x);
}

/// One group in q8: the largest magnitude becomes 127.
SGK_INLINE uint16_t choose_q8(const float *x, int8_t *integers) {
  float top = 0;
  for (int i = 0; i < SGK_GROUP; i++) top = fabsf(x[i]) > top ? fabsf(x[i]) : top;
  uint16_t scale = sgk_float_to_half(top / 127);
  float step = sgk_half_to_float(scale);
  float inverse = step > 0 ? 1 / step : 0;
  for (int i = 0; i < SGK_GROUP; i++) integers[i] = rounded(x[i] * inverse, -127, 127);
  return scale;
}

/// The groups of a panel's rows in q4, side by side: of some steps around the largest magnitude over 8,
/// with either sign of the range's longer side, the one whose best scale (least squares) leaves the
/// least error. `x` is [column][row]; products are sums of their own, so that no variant fuses them.
SGK_INLINE void choose_q4(const float x[SGK_GROUP][SGK_PANEL],
                          int8_t integers[SGK_PANEL][SGK_GROUP], uint16_t scales[SGK_PANEL]) {
  float top[SGK_PANEL] = {0}, best_inverse[SGK_PANEL] = {0}, step[SGK_PANEL] = {0};
  float best[SGK_PANEL];
  for (int i = 0; i < SGK_GROUP; i++) {
    for (int r = 0; r < SGK_PANEL; r++) top[r] = fabsf(x[i][r]) > fabsf(top[r]) ? x[i][r] : top[r];
  }
  for (int r = 0; r < SGK_PANEL; r++) best[r] = -1;
  for (int candidate = -8; candidate <= 8; candidate++) {
    float inverse[SGK_PANEL], product[SGK_PANEL] = {0}, square[SGK_PANEL] = {0};
    for (int r = 0; r < SGK_PANEL; r++) {
      inverse[r] = top[r] != 0 ? -(8 + 0.125f * (float)candidate) / top[r] : 0;
    }
    for (int i = 0; i < SGK_GROUP; i++) {
      for (int r = 0; r < SGK_PANEL; r++) {
        float v = x[i][r] * inverse[r];
        v = v > -8 ? v : -8;
        v = v < 7 ? v : 7;
        v = sgk_nearest(v);
        float xv = x[i][r] * v;
        float vv = v * v;
        product[r] += xv;
        square[r] += vv;
      }
    }
    for (int r = 0; r < SGK_PANEL; r++) {
      float gain = product[r] * product[r];
      int better = square[r] > 0 && gain > best[r] * square[r];
      best[r] = better ? gain / square[r] : best[r];
      best_inverse[r] = better ? inverse[r] : best_inverse[r];
      step[r] = better ? product[r] / square[r] : step[r];
    }
  }
  for (int r = 0; r < SGK_PANEL; r++) {
    scales[r] = sgk_float_to_half(step[r]);
    for (int i = 0; i < SGK_GROUP; i++) {
      float v = x[i][r] * best_inverse[r];
      integers[r][i] = rounded(v, -8, 7);
    }
  }
}

SGK_INLINE void pack_panel(int format, const float *rows, size_t stride, size_t count,
                           size_t columns, void *values, uint16_t *scales) {
  size_t groups = (columns + SGK_GROUP - 1) / SGK_GROUP;
  for (size_t group = 0; group < groups; group++) {
    float x[SGK_PANEL][SGK_GROUP] = {0};
    int8_t integers[SGK_PANEL][SGK_GROUP];
    uint16_t chosen[SGK_PANEL];
    size_t first = group * SGK_GROUP;
    size_t length = columns - first < SGK_GROUP ? columns - first : SGK_GROUP;
    for (size_t row = 0; row < count; row++) {
      memcpy(x[row], rows + row * stride + first, length * sizeof(float));
    }
    if (format == SGK_Q8) {
      for (size_t row = 0; row < SGK_PANEL; row++) chosen[row] = choose_q8(x[row], integers[row]);
    } else {
      float across[SGK_GROUP][SGK_PANEL];
      for (size_t row = 0; row < SGK_PANEL; row++) {
        for (size_t i = 0; i < SGK_GROUP; i++) across[i][row] = x[row][i];
      }
      choose_q4((const float(*)[SGK_PANEL])across, integers, chosen);
    }
    for (size_t row = 0; row < SGK_PANEL; row++) {
      sgk_pack_group(format, row, group, integers[row], chosen[row], values, scales);
    }
  }
}

void sgk_pack_panel_portable(int format, const float *rows, size_t stride, size_t count,
                             size_t columns, void *values, uint16_t *scales) {
  pack_panel(format, rows, stride, count, columns, values, scales);
}

#if defined(__x86_64__)
SGK_TARGET_AVX2 static void pack_panel_avx2(int format, const float *rows, size_t stride,
                                            size_t count, size_t columns, void *values,
                                            uint16_t *scales) {
  pack_panel(format, rows, stride, count, columns, values, scales);
}

SGK_TARGET_AVX512 static void pack_panel_avx512(int format, const float *rows, size_t stride,
                                                size_t count, size_t columns, void *values,
                                                uint16_t *scales) {
  pack_panel(format, rows, stride, count, columns, values, scales);
}
#endif

void sgk_pack_panel(int format, const float *rows, size_t stride, size_t count, size_t columns,
                    void *values, uint16_t *scales) {
#if defined(__x86_64__)
  int level = sgk_cpu_level();
  if (level >= SGK_AVX512) {
    pack_panel_avx512(format, rows, stride, count, columns, values, scales);
    return;
  }
  if (level >= SGK_AVX2) {
    pack_panel_avx2(format, rows, stride, count, columns, values, scales);
    return;
  }
#endif
  sgk_pack_panel_portable(format, rows, stride, count, columns, values, scales);
}

void sgk_unpack_row(int format, const void *values, const uint16_t *scales, size_t row,
                    size_t columns, float *target) {
  for (size_t k = 0; k < columns; k++) {
    size_t group = k / SGK_GROUP, j = k % SGK_GROUP / 4, i = k % 4;
    int integer;
    if (format == SGK_Q8) {
      integer = ((const int8_t *)values)[(group * QUADS + j) * PANEL_BYTES + row * 4 + i];
    } else {
      size_t half = QUADS / 2;
      uint8_t both = ((const uint8_t *)values)[(group * half + j % half) * PANEL_BYTES + row * 4 + i];
      integer = (j < half ? both & 15 : both >> 4) - 8;
    }
    target[k] = (float)integer * sgk_half_to_float(scales[group * SGK_PANEL + row]);
  }
}

/// One group of activations, `length` of its 32 present. Largest and smallest values are found by
/// comparisons that ignore NaN, as the vector instructions do, so all variants agree bit for bit.
SGK_INLINE void quantise_group(const float *x, size_t length, int8_t *values, float *scale,
                               int32_t *bias) {
  float copy[SGK_GROUP] = {0};
  memcpy(copy, x, length * sizeof(float));
  float top = 0;
  for (int i = 0; i < SGK_GROUP; i++) top = fabsf(copy[i]) > top ? fabsf(copy[i]) : top;
  // Below that, 127 / top would overflow.
  float inverse = top > 1e-30f ? 127 / top : 0;
  int32_t sum = 0;
  for (int i = 0; i < SGK_GROUP; i++) {
    values[i] = rounded(copy[i] * inverse, -127, 127);
    sum += values[i];
  }
  *scale = top / 127;
  *bias = -128 * sum;
}

SGK_INLINE void quantise(const float *x, size_t stride, size_t count, size_t k, int8_t *values,
                         float *scales, int32_t *biases) {
  size_t groups = (k + SGK_GROUP - 1) / SGK_GROUP;
  for (size_t row = 0; row < count; row++) {
    for (size_t group = 0; group < groups; group++) {
      size_t first = group * SGK_GROUP;
      const float *source = x + row * stride + first;
      size_t place = row * groups + group;
      // Whole groups apart, so that their loops have a constant length.
      if (k - first >= SGK_GROUP) {
        quantise_group(source, SGK_GROUP, values + place * SGK_GROUP, scales + place,
                       biases + place);
      } else {
        quantise_group(source, k - first, values + place * SGK_GROUP, scales + place,
                       biases + place);
      }
    }
  }
}

void sgk_quantise_portable(const float *x, size_t stride, size_t count, size_t k, int8_t *values,
                           float *scales, int32_t *biases) {
  quantise(x, stride, count, k, values, scales, biases);
}

#if defined(__x86_64__)
SGK_TARGET_AVX2 static void quantise_avx2(const float *x, size_t stride, size_t count, size_t k,
                                          int8_t *values, float *scales, int32_t *biases) {
  quantise(x, stride, count, k, values, scales, biases);
}

SGK_TARGET_AVX512 static void quantise_avx512(const float *x, size_t stride, size_t count,
                                              size_t k, int8_t *values, float *scales,
                                              int32_t *biases) {
  quantise(x, stride, count, k, values, scales, biases);
}
#endif

void sgk_quantise(const float *x, size_t stride, size_t count, size_t k, int8_t *values,
                  float *scales, int32_t *biases) {
#if defined(__x86_64__)
  int level = sgk_cpu_level();
  if (level >= SGK_AVX512) {
    quantise_avx512(x, stride, count, k, values, scales, biases);
    return;
  }
  if (level >= SGK_AVX2) {
    quantise_avx2(x, stride, count, k, values, scales, biases);
    return;
  }
#endif
  sgk_quantise_portable(x, stride, count, k, values, scales, biases);
}
