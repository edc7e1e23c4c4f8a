#include "sgk_integer_gemm.h"

#include <string.h>

#include "elementwise.h"
#include "sgk_cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define SGK_TARGET_VNNI \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,f16c")))
#endif

// Weights lie in panels of up to COLUMNS outputs, padded to whole lanes of 16. A panel holds, group
// after group: a scale for each output (f32), where its sums begin (i32), and its weights, in units of
// 32 bits (2 or 4 elements along k), unit by unit. Sums of int8 products begin at -128 times the sum
// of the weights, because activations carry an extra 128.
enum { COLUMNS = 48, LANE = 16, ROWS = 8, GROUP = SGK_INTEGER_GROUP, BLOCK_BYTES = 1 << 20 };

SGK_INLINE size_t least(size_t a, size_t b) { return a < b ? a : b; }
SGK_INLINE size_t groups_of(size_t width) { return (width + GROUP - 1) / GROUP; }
SGK_INLINE size_t per_unit(int element) { return element == SGK_INT16 ? 2 : 4; }
SGK_INLINE size_t bytes_of(int element) { return element == SGK_INT16 ? 2 : 1; }
SGK_INLINE size_t units_of(int element, size_t length) {
  return (length + per_unit(element) - 1) / per_unit(element);
}
SGK_INLINE int limit_of(int element) { return element == SGK_INT16 ? 2896 : 127; }

/// Bytes of a panel, for each of its outputs.
SGK_INLINE size_t output_bytes(int element, size_t width, size_t segments) {
  size_t whole = width / GROUP, rest = width % GROUP;
  size_t units = whole * units_of(element, GROUP) + units_of(element, rest);
  return segments * 4 * (2 * groups_of(width) + units);
}

size_t sgk_integer_pitch(size_t width) { return (width + 31) / 32 * 32; }

size_t sgk_integer_weight_offset(int element, size_t column, size_t width, size_t segments) {
  return column * output_bytes(element, width, segments);
}

size_t sgk_integer_weight_bytes(int element, size_t n, size_t width, size_t segments) {
  return (n + LANE - 1) / LANE * LANE * output_bytes(element, width, segments);
}

/// The factor to integers and back, for a group whose largest element is `top`.
SGK_INLINE float inverse_scale(int element, float top, float *scale) {
  float limit = (float)limit_of(element);
  // What is smaller would overflow the inverse; it counts as zero.
  if (!(top > 1e-30f)) {
    *scale = 0;
    return 0;
  }
  *scale = top / limit;
  return limit / top;
}

/// The integer nearest to x, within the limits; NaN counts as the lower one.
SGK_INLINE int32_t nearest_integer(float x, float limit) {
  x = x > -limit ? x : -limit;
  x = x < limit ? x : limit;
  float shifted = x + 12582912.f;
  int32_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  return bits - 0x4B400000;
}

/// The largest magnitude of `length` floats.
SGK_INLINE float largest(const float *x, size_t length) {
  size_t whole = length - length % 32;
  float lanes[32] = {0};
  for (size_t i = 0; i < whole; i += 32) {
    for (int j = 0; j < 32; j++) {
      float v = __builtin_fabsf(x[i + j]);
      lanes[j] = v > lanes[j] ? v : lanes[j];
    }
  }
  float top = 0;
  for (size_t i = whole; i < length; i++) {
    float v = __builtin_fabsf(x[i]);
    top = v > top ? v : top;
  }
  for (int j = 0; j < 32; j++) top = lanes[j] > top ? lanes[j] : top;
  return top;
}

SGK_INLINE void quantise_row(int element, const float *x, size_t width, void *out, float *scales) {
  float limit = (float)limit_of(element);
  for (size_t start = 0; start < width; start += GROUP) {
    size_t length = least(GROUP, width - start);
    const float *part = x + start;
    float inverse = inverse_scale(element, largest(part, length), scales + start / GROUP);
    if (element == SGK_INT16) {
      int16_t *target = (int16_t *)out + start;
#pragma clang loop vectorize(assume_safety)
      for (size_t i = 0; i < length; i++) {
        target[i] = (int16_t)nearest_integer(part[i] * inverse, limit);
      }
    } else {
      uint8_t *target = (uint8_t *)out + start;
#pragma clang loop vectorize(assume_safety)
      for (size_t i = 0; i < length; i++) {
        target[i] = (uint8_t)(nearest_integer(part[i] * inverse, limit) + 128);
      }
    }
  }
  for (size_t i = width; i < sgk_integer_pitch(width); i++) {
    if (element == SGK_INT16) {
      ((int16_t *)out)[i] = 0;
    } else {
      ((uint8_t *)out)[i] = 128;
    }
  }
}

/// A group of one output, whose inputs lie side by side, in units `stride` bytes apart.
SGK_INLINE void pack_line(int element, const float *x, size_t length, float inverse, char *units,
                          size_t stride, int32_t *start) {
  float limit = (float)limit_of(element);
  size_t count = units_of(element, length), per = per_unit(element);
  int32_t sum = 0;
  if (element == SGK_INT16) {
    int16_t line[GROUP];
#pragma clang loop vectorize(assume_safety)
    for (size_t p = 0; p < length; p++) line[p] = (int16_t)nearest_integer(x[p] * inverse, limit);
    for (size_t p = length; p < count * per; p++) line[p] = 0;
    for (size_t u = 0; u < count; u++) memcpy(units + u * stride, line + 2 * u, 4);
  } else {
    int8_t line[GROUP];
#pragma clang loop vectorize(assume_safety)
    for (size_t p = 0; p < length; p++) {
      int32_t q = nearest_integer(x[p] * inverse, limit);
      line[p] = (int8_t)q;
      sum += q;
    }
    for (size_t p = length; p < count * per; p++) line[p] = 0;
    for (size_t u = 0; u < count; u++) memcpy(units + u * stride, line + 4 * u, 4);
  }
  *start = -128 * sum;
}

/// A group of `count` outputs, those of an input side by side.
SGK_INLINE void pack_columns(int element, const float *w, size_t row, size_t count, size_t padded,
                             size_t length, const float *inverse, char *data, int32_t *starts) {
  size_t units = units_of(element, length), per = per_unit(element);
  float limit = (float)limit_of(element);
  for (size_t u = 0; u < units; u++) {
    for (size_t s = 0; s < per; s++) {
      size_t p = u * per + s;
      int32_t q[COLUMNS] = {0};
      if (p < length) {
#pragma clang loop vectorize(assume_safety)
        for (size_t j = 0; j < count; j++) {
          q[j] = nearest_integer(w[p * row + j] * inverse[j], limit);
        }
      }
      if (element == SGK_INT16) {
        int16_t *target = (int16_t *)data + u * padded * 2 + s;
        for (size_t j = 0; j < padded; j++) target[2 * j] = (int16_t)q[j];
      } else {
        int8_t *target = (int8_t *)data + u * padded * 4 + s;
        for (size_t j = 0; j < padded; j++) {
          target[4 * j] = (int8_t)q[j];
          starts[j] -= 128 * q[j];
        }
      }
    }
  }
}

/// One group of a panel of `count` outputs, `padded` with the missing ones; the end of it.
SGK_INLINE char *pack_group(int element, const float *w, size_t row, int transposed, size_t count,
                            size_t padded, size_t length, char *panel) {
  float *scales = (float *)panel;
  int32_t *starts = (int32_t *)panel + padded;
  char *data = panel + 8 * padded;
  size_t units = units_of(element, length);
  float inverse[COLUMNS];
  float tops[COLUMNS] = {0};
  if (transposed) {
    for (size_t p = 0; p < length; p++) {
#pragma clang loop vectorize(assume_safety)
      for (size_t j = 0; j < count; j++) {
        float v = __builtin_fabsf(w[p * row + j]);
        tops[j] = v > tops[j] ? v : tops[j];
      }
    }
  } else {
    for (size_t j = 0; j < count; j++) tops[j] = largest(w + j * row, length);
  }
  for (size_t j = 0; j < padded; j++) {
    inverse[j] = inverse_scale(element, tops[j], scales + j);
    starts[j] = 0;
  }
  if (transposed) {
    pack_columns(element, w, row, count, padded, length, inverse, data, starts);
  } else {
    for (size_t j = 0; j < count; j++) {
      pack_line(element, w + j * row, length, inverse[j], data + 4 * j, 4 * padded, starts + j);
    }
    for (size_t u = 0; u < units; u++) {
      memset(data + (u * padded + count) * 4, 0, (padded - count) * 4);
    }
  }
  return data + units * padded * 4;
}

SGK_INLINE void pack_weights(int element, const float *w, size_t row, int transposed, size_t first,
                             size_t count, size_t width, size_t segments, void *packed) {
  char *panel = (char *)packed + sgk_integer_weight_offset(element, first, width, segments);
  for (size_t j = 0; j < count; j += COLUMNS) {
    size_t outputs = least(COLUMNS, count - j);
    size_t padded = (outputs + LANE - 1) / LANE * LANE;
    for (size_t s = 0; s < segments; s++) {
      for (size_t start = 0; start < width; start += GROUP) {
        size_t p = s * width + start;
        const float *part = w + (transposed ? p * row + first + j : (first + j) * row + p);
        size_t length = least(GROUP, width - start);
        panel = element == SGK_INT16
                    ? pack_group(SGK_INT16, part, row, transposed, outputs, padded, length, panel)
                    : pack_group(SGK_INT8, part, row, transposed, outputs, padded, length, panel);
      }
    }
  }
}

/// Exact sums of one group for `rows` rows, `pitch` bytes apart, and `lanes` lanes of outputs.
SGK_INLINE void dot_portable(int element, int rows, int lanes, const char *a, size_t pitch,
                             const char *b, const int32_t *starts, size_t units, int32_t *sums) {
  int columns = lanes * LANE;
  for (int r = 0; r < rows; r++) {
    int32_t *line = sums + r * columns;
    memcpy(line, starts, (size_t)columns * sizeof *line);
    for (size_t u = 0; u < units; u++) {
      if (element == SGK_INT16) {
        const int16_t *x = (const int16_t *)(a + (size_t)r * pitch) + 2 * u;
        const int16_t *y = (const int16_t *)b + 2 * u * (size_t)columns;
        for (int j = 0; j < columns; j++) {
          line[j] += (int32_t)x[0] * y[2 * j] + (int32_t)x[1] * y[2 * j + 1];
        }
      } else {
        const uint8_t *x = (const uint8_t *)(a + (size_t)r * pitch) + 4 * u;
        const int8_t *y = (const int8_t *)b + 4 * u * (size_t)columns;
        for (int j = 0; j < columns; j++) {
          for (int s = 0; s < 4; s++) line[j] += (int32_t)x[s] * y[4 * j + s];
        }
      }
    }
  }
}

#if defined(__x86_64__)
#define SGK_UNROLL _Pragma("clang loop unroll(full)")

/// sum + x y in pairs of 16 bits. Clang takes the intrinsic apart into two instructions, which halves the
/// rate on the processors that this is for.
SGK_TARGET_VNNI SGK_INLINE __m512i dot_pairs(__m512i sum, __m512i x, __m512i y) {
  __asm__("vpdpwssd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(y));
  return sum;
}

/// Up to 8 rows by 3 lanes in registers.
SGK_TARGET_VNNI SGK_INLINE void dot_vnni(int element, int rows, int lanes, const char *a,
                                         size_t pitch, const char *b, const int32_t *starts,
                                         size_t units, int32_t *sums) {
  __m512i sum[ROWS][COLUMNS / LANE];
  SGK_UNROLL for (int r = 0; r < rows; r++) {
    SGK_UNROLL for (int v = 0; v < lanes; v++) sum[r][v] = _mm512_loadu_si512(starts + v * LANE);
  }
  for (size_t u = 0; u < units; u++) {
    __m512i y[COLUMNS / LANE];
    SGK_UNROLL for (int v = 0; v < lanes; v++) {
      y[v] = _mm512_loadu_si512(b + (u * (size_t)lanes + (size_t)v) * 64);
    }
    SGK_UNROLL for (int r = 0; r < rows; r++) {
      int32_t bits;
      memcpy(&bits, a + (size_t)r * pitch + 4 * u, sizeof bits);
      __m512i x = _mm512_set1_epi32(bits);
      SGK_UNROLL for (int v = 0; v < lanes; v++) {
        sum[r][v] = element == SGK_INT16 ? dot_pairs(sum[r][v], x, y[v])
                                         : _mm512_dpbusd_epi32(sum[r][v], x, y[v]);
      }
    }
  }
  SGK_UNROLL for (int r = 0; r < rows; r++) {
    SGK_UNROLL for (int v = 0; v < lanes; v++) {
      _mm512_storeu_si512(sums + (r * lanes + v) * LANE, sum[r][v]);
    }
  }
}

/// Four rows at a time by one lane, which is two vectors.
SGK_TARGET_AVX2 SGK_INLINE void dot_avx2(int element, int rows, int lanes, const char *a,
                                         size_t pitch, const char *b, const int32_t *starts,
                                         size_t units, int32_t *sums) {
  const __m256i flip = _mm256_set1_epi8((char)0x80), ones = _mm256_set1_epi16(1);
  for (int v = 0; v < lanes; v++) {
    for (int first = 0; first < rows; first += 4) {
      int count = rows - first < 4 ? rows - first : 4;
      __m256i sum[4][2];
      SGK_UNROLL for (int r = 0; r < count; r++) {
        SGK_UNROLL for (int h = 0; h < 2; h++) {
          // The products below are those of the activations without their 128.
          sum[r][h] = element == SGK_INT16
                          ? _mm256_loadu_si256((const __m256i *)(starts + v * LANE + h * 8))
                          : _mm256_setzero_si256();
        }
      }
      for (size_t u = 0; u < units; u++) {
        const char *place = b + (u * (size_t)lanes + (size_t)v) * 64;
        __m256i y[2] = {_mm256_loadu_si256((const __m256i *)place),
                        _mm256_loadu_si256((const __m256i *)(place + 32))};
        SGK_UNROLL for (int r = 0; r < count; r++) {
          int32_t bits;
          memcpy(&bits, a + (size_t)(first + r) * pitch + 4 * u, sizeof bits);
          __m256i x = _mm256_set1_epi32(bits);
          if (element == SGK_INT16) {
            SGK_UNROLL for (int h = 0; h < 2; h++) {
              sum[r][h] = _mm256_add_epi32(sum[r][h], _mm256_madd_epi16(x, y[h]));
            }
          } else {
            // |x| y sign(x): pairs of these stay below 2 * 127 * 127, so nothing saturates.
            x = _mm256_xor_si256(x, flip);
            __m256i size = _mm256_abs_epi8(x);
            SGK_UNROLL for (int h = 0; h < 2; h++) {
              __m256i pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(y[h], x));
              sum[r][h] = _mm256_add_epi32(sum[r][h], _mm256_madd_epi16(pairs, ones));
            }
          }
        }
      }
      SGK_UNROLL for (int r = 0; r < count; r++) {
        SGK_UNROLL for (int h = 0; h < 2; h++) {
          _mm256_storeu_si256(
              (__m256i *)(sums + ((first + r) * lanes + v) * LANE + h * 8), sum[r][h]);
        }
      }
    }
  }
}
#endif

/// The sums of all groups for up to ROWS rows and one panel, from `sum`, rows of COLUMNS, on.
#define SGK_TILE(level, TARGET)                                                                    \
  TARGET SGK_INLINE void tile_##level(int element, int rows, int lanes,                            \
                                      const struct sgk_integer_rows *a, size_t row,                \
                                      const char *panel, float *sum) {                             \
    size_t bytes = bytes_of(element), pitch = a->pitch * bytes;                                    \
    size_t groups = groups_of(a->width);                                                           \
    int columns = lanes * LANE;                                                                    \
    for (size_t s = 0; s < a->segments; s++) {                                                     \
      const char *data = (const char *)a->data + (row + s * a->step) * pitch;                      \
      const float *scales = a->scales + (row + s * a->step) * groups;                              \
      for (size_t g = 0; g < groups; g++) {                                                        \
        size_t units = units_of(element, least(GROUP, a->width - g * GROUP));                      \
        const float *factors = (const float *)panel;                                               \
        const char *weights = panel + 8 * columns;                                                 \
        int32_t exact[ROWS * COLUMNS];                                                             \
        dot_##level(element, rows, lanes, data + g * GROUP * bytes, pitch, weights,                \
                    (const int32_t *)panel + columns, units, exact);                               \
        for (int r = 0; r < rows; r++) {                                                           \
          float scale = scales[(size_t)r * groups + g];                                            \
          for (int j = 0; j < columns; j++) {                                                      \
            /* Statements of their own, lest a fused product round otherwise. */                   \
            float factor = scale * factors[j];                                                     \
            float value = (float)exact[r * columns + j] * factor;                                  \
            sum[r * COLUMNS + j] = sum[r * COLUMNS + j] + value;                                   \
          }                                                                                        \
        }                                                                                          \
        panel = weights + units * (size_t)columns * 4;                                             \
      }                                                                                            \
    }                                                                                              \
  }                                                                                                \
  TARGET SGK_INLINE void tiles_##level(int element, int rows, size_t lanes,                        \
                                       const struct sgk_integer_rows *a, size_t row,               \
                                       const char *panel, float *sum) {                            \
    if (lanes == 3) tile_##level(element, rows, 3, a, row, panel, sum);                            \
    if (lanes == 2) tile_##level(element, rows, 2, a, row, panel, sum);                            \
    if (lanes == 1) tile_##level(element, rows, 1, a, row, panel, sum);                            \
  }                                                                                                \
  TARGET static void gemm_##level(int element, const struct sgk_integer_rows *a,                   \
                                  const char *packed, size_t m, size_t n,                          \
                                  const struct sgk_integer_result *result) {                       \
    size_t step = output_bytes(element, a->width, a->segments);                                    \
    size_t height = block_height(m, a->pitch * bytes_of(element));                                 \
    for (size_t block = 0; block < m; block += height) {                                           \
      size_t end = block + least(height, m - block);                                               \
      for (size_t j = 0; j < n; j += COLUMNS) {                                                    \
        size_t count = least(COLUMNS, n - j), lanes = (count + LANE - 1) / LANE;                   \
        const char *panel = packed + j * step;                                                     \
        /* The next panel is fetched meanwhile, a share of it with each tile. */                   \
        const char *next = panel + COLUMNS * step;                                                 \
        size_t left = j + COLUMNS < n ? least(COLUMNS, n - j - COLUMNS) * step : 0;                \
        size_t share = left * ROWS / (end - block) + 64;                                           \
        for (size_t i = block; i < end;) {                                                         \
          float sum[ROWS * COLUMNS];                                                               \
          size_t rows = end - i >= 8 ? 8 : end - i >= 4 ? 4 : end - i >= 2 ? 2 : 1;                \
          for (size_t s = 0; s < share && s < left; s += 64) __builtin_prefetch(next + s, 0, 2);   \
          next += share;                                                                           \
          left -= least(left, share);                                                              \
          begin(result, i, j, rows, count, sum);                                                   \
          if (element == SGK_INT16) {                                                              \
            if (rows == 8) tiles_##level(SGK_INT16, 8, lanes, a, i, panel, sum);                   \
            if (rows == 4) tiles_##level(SGK_INT16, 4, lanes, a, i, panel, sum);                   \
            if (rows == 2) tiles_##level(SGK_INT16, 2, lanes, a, i, panel, sum);                   \
            if (rows == 1) tiles_##level(SGK_INT16, 1, lanes, a, i, panel, sum);                   \
          } else {                                                                                 \
            if (rows == 8) tiles_##level(SGK_INT8, 8, lanes, a, i, panel, sum);                    \
            if (rows == 4) tiles_##level(SGK_INT8, 4, lanes, a, i, panel, sum);                    \
            if (rows == 2) tiles_##level(SGK_INT8, 2, lanes, a, i, panel, sum);                    \
            if (rows == 1) tiles_##level(SGK_INT8, 1, lanes, a, i, panel, sum);                    \
          }                                                                                        \
          finish(result, i, j, rows, count, sum);                                                  \
          i += rows;                                                                               \
        }                                                                                          \
      }                                                                                            \
    }                                                                                              \
  }

/// Rows of a that stay in the L2 cache while all panels pass: blocks of about the same height.
SGK_INLINE size_t block_height(size_t m, size_t row_bytes) {
  size_t most = BLOCK_BYTES / row_bytes;
  size_t blocks = most < ROWS ? (m + ROWS - 1) / ROWS : (m + most - 1) / most;
  return blocks == 0 ? ROWS : ((m + blocks - 1) / blocks + ROWS - 1) / ROWS * ROWS;
}

/// What the sums of a tile begin with.
SGK_INLINE void begin(const struct sgk_integer_result *result, size_t i, size_t j, size_t rows,
                      size_t count, float *sum) {
  for (size_t r = 0; r < rows; r++) {
    float *line = sum + r * COLUMNS;
    memset(line, 0, COLUMNS * sizeof *line);
    if (result->bias) memcpy(line, result->bias + j, count * sizeof *line);
    if (!result->accumulate || result->gate) continue;
    const float *c = result->c + (i + r) * result->stride + j;
    for (size_t x = 0; x < count; x++) line[x] = line[x] + c[x];
  }
}

SGK_INLINE void finish(const struct sgk_integer_result *result, size_t i, size_t j, size_t rows,
                       size_t count, const float *sum) {
  for (size_t r = 0; r < rows; r++) {
    const float *line = sum + r * COLUMNS;
    float *c = result->c + (i + r) * result->stride + j;
    if (!result->gate) {
      memcpy(c, line, count * sizeof *line);
      continue;
    }
#pragma clang loop vectorize(assume_safety)
    for (size_t x = 0; x < count; x++) {
      float value = line[x] * result->gate[j + x];
      c[x] = c[x] + value;
    }
  }
}

SGK_TILE(portable, )

void sgk_integer_quantise_portable(int element, const float *x, size_t width, void *out,
                               float *scales) {
  quantise_row(element, x, width, out, scales);
}

void sgk_integer_pack_portable(int element, const float *w, size_t row, int transposed, size_t first,
                               size_t count, size_t width, size_t segments, void *packed) {
  pack_weights(element, w, row, transposed, first, count, width, segments, packed);
}

void sgk_integer_gemm_portable(int element, const struct sgk_integer_rows *a, const void *packed,
                               size_t m, size_t n, const struct sgk_integer_result *result) {
  gemm_portable(element, a, packed, m, n, result);
}

#if defined(__x86_64__)
SGK_TILE(avx2, SGK_TARGET_AVX2)
SGK_TILE(vnni, SGK_TARGET_VNNI)

SGK_TARGET_AVX2 static void quantise_row_avx2(int element, const float *x, size_t width, void *out,
                                              float *scales) {
  quantise_row(element, x, width, out, scales);
}

SGK_TARGET_AVX512 static void quantise_row_avx512(int element, const float *x, size_t width,
                                                  void *out, float *scales) {
  quantise_row(element, x, width, out, scales);
}

SGK_TARGET_AVX2 static void pack_weights_avx2(int element, const float *w, size_t row,
                                              int transposed, size_t first, size_t count,
                                              size_t width, size_t segments, void *packed) {
  pack_weights(element, w, row, transposed, first, count, width, segments, packed);
}

SGK_TARGET_AVX512 static void pack_weights_avx512(int element, const float *w, size_t row,
                                                  int transposed, size_t first, size_t count,
                                                  size_t width, size_t segments, void *packed) {
  pack_weights(element, w, row, transposed, first, count, width, segments, packed);
}
#endif

void sgk_integer_quantise(int element, const float *x, size_t width, void *out, float *scales) {
#if defined(__x86_64__)
  int level = sgk_cpu_level();
  if (level >= SGK_AVX512) return quantise_row_avx512(element, x, width, out, scales);
  if (level >= SGK_AVX2) return quantise_row_avx2(element, x, width, out, scales);
#endif
  quantise_row(element, x, width, out, scales);
}

void sgk_integer_pack(int element, const float *w, size_t row, int transposed, size_t first,
                      size_t count, size_t width, size_t segments, void *packed) {
#if defined(__x86_64__)
  int level = sgk_cpu_level();
  if (level >= SGK_AVX512) {
    return pack_weights_avx512(element, w, row, transposed, first, count, width, segments, packed);
  }
  if (level >= SGK_AVX2) {
    return pack_weights_avx2(element, w, row, transposed, first, count, width, segments, packed);
  }
#endif
  pack_weights(element, w, row, transposed, first, count, width, segments, packed);
}

void sgk_integer_gemm(int element, const struct sgk_integer_rows *a, const void *packed, size_t m,
                      size_t n, const struct sgk_integer_result *result) {
#if defined(__x86_64__)
  int level = sgk_cpu_level();
  if (level >= SGK_AVX512VNNI) return gemm_vnni(element, a, packed, m, n, result);
  if (level >= SGK_AVX2) return gemm_avx2(element, a, packed, m, n, result);
#endif
  gemm_portable(element, a, packed, m, n, result);
}
