#include "sgk_cache.h"

#include <math.h>

#include "elementwise.h"
#include "sgk_cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { PANEL = 16, LINE = 64, STEP = 128 };

// The query has 15 bits, q = 128 high + low, and so have the weights of the positions but for the sign.
enum { QUERY_TOP = 127 * 128, WEIGHT_TOP = 127 * 128 + 127 };

SGK_INLINE size_t padded(size_t width) { return (width + 15) / 16 * 16; }

size_t sgk_block_bytes(size_t width) {
  return 2 * SGK_BLOCK * padded(width) + 2 * SGK_BLOCK * sizeof(float);
}

SGK_INLINE const float *scales_of(const uint8_t *block, size_t wide) {
  return (const float *)(block + 2 * SGK_BLOCK * wide);
}

SGK_INLINE float quantise(const float *x, size_t width, int8_t *out) {
  float top = 0;
  for (size_t i = 0; i < width; i++) top = fabsf(x[i]) > top ? fabsf(x[i]) : top;
  float inverse = top > 1e-30f ? 127 / top : 0;
  for (size_t i = 0; i < width; i++) {
    float v = x[i] * inverse;
    v = v > -127 ? v : -127;
    v = v < 127 ? v : 127;
    out[i] = (int8_t)sgk_nearest(v);
  }
  return top / 127;
}

void sgk_block_store(void *block, size_t position, const float *key, const float *value,
                     size_t width) {
  size_t wide = padded(width);
  uint8_t *keys = block, *values = keys + SGK_BLOCK * wide;
  float *scales = (float *)(values + SGK_BLOCK * wide);
  uint8_t *line = keys + position / PANEL * PANEL * wide + position % PANEL * 4;
  uint8_t *column = values + position / 4 * 4 * wide + position % 4;
  // Wide heads go through the buffer in parts, with one scale.
  int8_t part[512];
  if (width <= sizeof part) {
    scales[position] = quantise(key, width, part);
    for (size_t i = width; i < wide; i++) part[i] = 0;
    for (size_t j = 0; j < wide / 4; j++) memcpy(line + j * LINE, part + 4 * j, 4);
    scales[SGK_BLOCK + position] = quantise(value, width, part);
    for (size_t d = 0; d < width; d++) column[4 * d] = (uint8_t)part[d];
    return;
  }
  for (int which = 0; which < 2; which++) {
    const float *x = which == 0 ? key : value;
    float top = 0;
    for (size_t i = 0; i < width; i++) top = fabsf(x[i]) > top ? fabsf(x[i]) : top;
    float inverse = top > 1e-30f ? 127 / top : 0;
    scales[which * SGK_BLOCK + position] = top / 127;
    for (size_t i = 0; i < width; i++) {
      float v = x[i] * inverse;
      v = v > -127 ? v : -127;
      v = v < 127 ? v : 127;
      uint8_t byte = (uint8_t)(int8_t)sgk_nearest(v);
      if (which == 0) {
        line[i / 4 * LINE + i % 4] = byte;
      } else {
        column[4 * i] = byte;
      }
    }
  }
}

void sgk_block_load(const void *block, size_t position, float *key, float *value, size_t width) {
  size_t wide = padded(width);
  const uint8_t *keys = block, *values = keys + SGK_BLOCK * wide;
  const float *scales = scales_of(block, wide);
  const uint8_t *line = keys + position / PANEL * PANEL * wide + position % PANEL * 4;
  const uint8_t *column = values + position / 4 * 4 * wide + position % 4;
  for (size_t i = 0; i < width; i++) {
    key[i] = (float)(int8_t)line[i / 4 * LINE + i % 4] * scales[position];
    value[i] = (float)(int8_t)column[4 * i] * scales[SGK_BLOCK + position];
  }
}

/// A query, or the weights of positions, in two parts: x = step * (128 high + low).
struct split {
  int8_t *high, *low;
};

SGK_INLINE float split_query(const float *q, size_t width, size_t wide, struct split to,
                             int32_t *bias) {
  float top = 0;
  for (size_t i = 0; i < width; i++) top = fabsf(q[i]) > top ? fabsf(q[i]) : top;
  float inverse = top > 1e-30f ? QUERY_TOP / top : 0;
  int32_t high = 0, low = 0;
  for (size_t i = 0; i < wide; i++) {
    float v = i < width ? q[i] * inverse : 0;
    v = v > -QUERY_TOP ? v : -QUERY_TOP;
    v = v < QUERY_TOP ? v : QUERY_TOP;
    int32_t whole = (int32_t)sgk_nearest(v);
    // An arithmetic shift: high is the nearest multiple of 128.
    int32_t upper = (whole + 64) >> 7;
    to.high[i] = (int8_t)upper;
    to.low[i] = (int8_t)(whole - 128 * upper);
    high += to.high[i];
    low += to.low[i];
  }
  bias[0] = -128 * high;
  bias[1] = -128 * low;
  return top / QUERY_TOP;
}

/// Scores become weights exp(score - top) * value scale, split in two; returns what to multiply the
/// sums by. The weights beyond n, up to a multiple of 16, are 0.
SGK_INLINE float split_weights(float *scores, const uint8_t *const *blocks, size_t offset, size_t n,
                               size_t wide, struct split to) {
  float lanes[16];
  for (int j = 0; j < 16; j++) lanes[j] = -INFINITY;
  size_t whole = n - n % 16;
  for (size_t p = 0; p < whole; p += 16) {
    for (int j = 0; j < 16; j++) lanes[j] = scores[p + j] > lanes[j] ? scores[p + j] : lanes[j];
  }
  float top = -INFINITY;
  for (size_t p = whole; p < n; p++) top = scores[p] > top ? scores[p] : top;
  for (int j = 0; j < 16; j++) top = lanes[j] > top ? lanes[j] : top;
  // The blocks have room for whole panels, whose last positions may hold anything.
  for (size_t p = n; p < whole + 16; p++) scores[p] = -INFINITY;
  float sums[16] = {0}, most[16] = {0};
  for (size_t p = 0; p < n; p += 16) {
    const uint8_t *block = blocks[p / SGK_BLOCK] + offset;
    const float *value_scales = scales_of(block, wide) + SGK_BLOCK + p % SGK_BLOCK;
    for (int j = 0; j < 16; j++) {
      float e = scores[p + j] == -INFINITY ? 0 : sgk_exp(scores[p + j] - top);
      sums[j] += e;
      e = e > 0 ? e * value_scales[j] : 0;
      most[j] = e > most[j] ? e : most[j];
      scores[p + j] = e;
    }
  }
  float sum = 0, largest = 0;
  for (int j = 0; j < 16; j++) {
    sum += sums[j];
    largest = most[j] > largest ? most[j] : largest;
  }
  float inverse = largest > 1e-30f ? WEIGHT_TOP / largest : 0;
  for (size_t p = 0; p < n; p += 16) {
    for (int j = 0; j < 16; j++) {
      float v = scores[p + j] * inverse;
      v = v < WEIGHT_TOP ? v : WEIGHT_TOP;
      int32_t whole = (int32_t)sgk_nearest(v);
      to.high[p + j] = (int8_t)(whole >> 7);
      to.low[p + j] = (int8_t)(whole & 127);
    }
  }
  return largest / WEIGHT_TOP / sum;
}

SGK_INLINE size_t room(size_t n) { return (n + 15) / 16 * 16 + 16; }

size_t sgk_attend_scratch(size_t n) { return 2 * room(n); }

static void keys_portable(const struct split *q, const int32_t *bias, const uint8_t *keys,
                          const float *scales, size_t panels, size_t wide, float factor,
                          float *scores) {
  (void)bias;
  for (size_t p = 0; p < panels * PANEL; p++) {
    const uint8_t *line = keys + p / PANEL * PANEL * wide + p % PANEL * 4;
    int32_t high = 0, low = 0;
    for (size_t i = 0; i < wide; i++) {
      int key = (int8_t)line[i / 4 * LINE + i % 4];
      high += q->high[i] * key;
      low += q->low[i] * key;
    }
    scores[p] = (float)(128 * high + low) * factor * scales[p];
  }
}

static void values_portable(const struct split *w, const uint8_t *values, size_t quads, size_t wide,
                            size_t d, int32_t *high, int32_t *low) {
  for (size_t p = 0; p < quads; p++) {
    for (size_t e = 0; e < PANEL; e++) {
      for (size_t i = 0; i < 4; i++) {
        int value = (int8_t)values[(p * wide + d + e) * 4 + i];
        high[e] += w->high[4 * p + i] * value;
        low[e] += w->low[4 * p + i] * value;
      }
    }
  }
}

SGK_INLINE int load4(const int8_t *x) {
  int word;
  memcpy(&word, x, 4);
  return word;
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma,f16c")))
#define VNNI \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,f16c")))
#define UNROLL _Pragma("clang loop unroll(full)")

VNNI static void keys_vnni(const struct split *q, const int32_t *bias, const uint8_t *keys,
                           const float *scales, size_t panels, size_t wide, float factor,
                           float *scores) {
  const __m512i flip = _mm512_set1_epi8(-128);
  for (size_t p = 0; p < panels; p++) {
    const uint8_t *panel = keys + p * PANEL * wide;
    __m512i high[2] = {_mm512_set1_epi32(bias[0]), _mm512_setzero_si512()};
    __m512i low[2] = {_mm512_set1_epi32(bias[1]), _mm512_setzero_si512()};
    for (size_t j = 0; j < wide / 4; j += 4) {
      UNROLL for (size_t i = 0; i < 4; i++) {
        _mm_prefetch((const char *)panel + (j + i) * LINE + 4096, _MM_HINT_T0);
        __m512i k = _mm512_xor_si512(_mm512_loadu_si512(panel + (j + i) * LINE), flip);
        high[i % 2] = _mm512_dpbusd_epi32(high[i % 2], k,
                                          _mm512_set1_epi32(load4(q->high + 4 * (j + i))));
        low[i % 2] =
            _mm512_dpbusd_epi32(low[i % 2], k, _mm512_set1_epi32(load4(q->low + 4 * (j + i))));
      }
    }
    __m512i sum = _mm512_add_epi32(
        _mm512_slli_epi32(_mm512_add_epi32(high[0], high[1]), 7), _mm512_add_epi32(low[0], low[1]));
    __m512 score = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_set1_ps(factor));
    _mm512_storeu_ps(scores + p * PANEL,
                     _mm512_mul_ps(score, _mm512_loadu_ps(scales + p * PANEL)));
  }
}

#define VALUES_VNNI(VECTORS)                                                                  \
  VNNI static void values_vnni_##VECTORS(const struct split *w, const uint8_t *values,        \
                                         size_t quads, size_t wide, size_t d, int32_t *high,  \
                                         int32_t *low) {                                      \
    __m512i h[VECTORS], l[VECTORS];                                                           \
    UNROLL for (int v = 0; v < VECTORS; v++) {                                                \
      h[v] = _mm512_loadu_si512(high + v * PANEL);                                            \
      l[v] = _mm512_loadu_si512(low + v * PANEL);                                             \
    }                                                                                         \
    for (size_t p = 0; p < quads; p++) {                                                      \
      const uint8_t *line = values + (p * wide + d) * 4;                                      \
      __m512i a = _mm512_set1_epi32(load4(w->high + 4 * p));                                  \
      __m512i b = _mm512_set1_epi32(load4(w->low + 4 * p));                                   \
      UNROLL for (int v = 0; v < VECTORS; v++) {                                              \
        _mm_prefetch((const char *)line + v * LINE + 4096, _MM_HINT_T0);                      \
        __m512i x = _mm512_loadu_si512(line + v * LINE);                                      \
        h[v] = _mm512_dpbusd_epi32(h[v], a, x);                                               \
        l[v] = _mm512_dpbusd_epi32(l[v], b, x);                                               \
      }                                                                                       \
    }                                                                                         \
    UNROLL for (int v = 0; v < VECTORS; v++) {                                                \
      _mm512_storeu_si512(high + v * PANEL, h[v]);                                            \
      _mm512_storeu_si512(low + v * PANEL, l[v]);                                             \
    }                                                                                         \
  }
VALUES_VNNI(8)
VALUES_VNNI(1)

AVX2 static inline __m256i dot_avx2(__m256i sum, __m256i positive, __m256i other) {
  return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(positive, other),
                                                 _mm256_set1_epi16(1)));
}

AVX2 static void keys_avx2(const struct split *q, const int32_t *bias, const uint8_t *keys,
                           const float *scales, size_t panels, size_t wide, float factor,
                           float *scores) {
  (void)bias;
  for (size_t p = 0; p < 2 * panels; p++) {
    // Eight positions at a time.
    const uint8_t *panel = keys + p / 2 * PANEL * wide + p % 2 * 32;
    __m256i high = _mm256_setzero_si256(), low = high;
    for (size_t j = 0; j < wide / 4; j++) {
      __m256i k = _mm256_loadu_si256((const __m256i *)(panel + j * LINE));
      __m256i size = _mm256_abs_epi8(k);
      high = dot_avx2(high, size, _mm256_sign_epi8(_mm256_set1_epi32(load4(q->high + 4 * j)), k));
      low = dot_avx2(low, size, _mm256_sign_epi8(_mm256_set1_epi32(load4(q->low + 4 * j)), k));
    }
    __m256i sum = _mm256_add_epi32(_mm256_slli_epi32(high, 7), low);
    __m256 score = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_set1_ps(factor));
    _mm256_storeu_ps(scores + p * 8, _mm256_mul_ps(score, _mm256_loadu_ps(scales + p * 8)));
  }
}

AVX2 static void values_avx2(const struct split *w, const uint8_t *values, size_t quads,
                             size_t wide, size_t d, int32_t *high, int32_t *low) {
  __m256i h[2], l[2];
  UNROLL for (int v = 0; v < 2; v++) {
    h[v] = _mm256_loadu_si256((const __m256i *)(high + 8 * v));
    l[v] = _mm256_loadu_si256((const __m256i *)(low + 8 * v));
  }
  for (size_t p = 0; p < quads; p++) {
    const uint8_t *line = values + (p * wide + d) * 4;
    __m256i a = _mm256_set1_epi32(load4(w->high + 4 * p));
    __m256i b = _mm256_set1_epi32(load4(w->low + 4 * p));
    UNROLL for (int v = 0; v < 2; v++) {
      __m256i x = _mm256_loadu_si256((const __m256i *)(line + 32 * v));
      h[v] = dot_avx2(h[v], a, x);
      l[v] = dot_avx2(l[v], b, x);
    }
  }
  UNROLL for (int v = 0; v < 2; v++) {
    _mm256_storeu_si256((__m256i *)(high + 8 * v), h[v]);
    _mm256_storeu_si256((__m256i *)(low + 8 * v), l[v]);
  }
}

SGK_TARGET_AVX2 static float split_weights_avx2(float *scores, const uint8_t *const *blocks,
                                                size_t offset, size_t n, size_t wide,
                                                struct split to) {
  return split_weights(scores, blocks, offset, n, wide, to);
}

SGK_TARGET_AVX512 static float split_weights_avx512(float *scores, const uint8_t *const *blocks,
                                                    size_t offset, size_t n, size_t wide,
                                                    struct split to) {
  return split_weights(scores, blocks, offset, n, wide, to);
}
#endif

/// Adds a block's values, `quads` times four positions, to `wide` sums.
static void add_values(int level, const struct split *w, const uint8_t *values, size_t quads,
                       size_t wide, int32_t *high, int32_t *low) {
  (void)level;
#if defined(__x86_64__)
  if (level >= SGK_AVX512VNNI) {
    size_t d = 0;
    for (; d + STEP <= wide; d += STEP) {
      values_vnni_8(w, values, quads, wide, d, high + d, low + d);
    }
    for (; d < wide; d += PANEL) values_vnni_1(w, values, quads, wide, d, high + d, low + d);
    return;
  }
#endif
  for (size_t d = 0; d < wide; d += PANEL) {
#if defined(__x86_64__)
    if (level >= SGK_AVX2) {
      values_avx2(w, values, quads, wide, d, high + d, low + d);
      continue;
    }
#endif
    values_portable(w, values, quads, wide, d, high + d, low + d);
  }
}

static void attend(int level, const float *q, const uint8_t *const *blocks, size_t offset, size_t n,
                   size_t width, float scale, float *scratch, float *out) {
  size_t wide = padded(width);
  float *scores = scratch;
  int8_t *bytes = (int8_t *)(scratch + room(n));
  struct split weights = {bytes, bytes + room(n)};
  int8_t query_bytes[2 * wide];
  struct split query = {query_bytes, query_bytes + wide};
  int32_t bias[2];
  float factor = split_query(q, width, wide, query, bias) * scale;
  for (size_t p = 0; p < n; p += SGK_BLOCK) {
    const uint8_t *block = blocks[p / SGK_BLOCK] + offset;
    size_t count = n - p < SGK_BLOCK ? n - p : SGK_BLOCK;
    size_t panels = (count + PANEL - 1) / PANEL;
    const float *scales = scales_of(block, wide);
#if defined(__x86_64__)
    if (level >= SGK_AVX512VNNI) {
      keys_vnni(&query, bias, block, scales, panels, wide, factor, scores + p);
      continue;
    }
    if (level >= SGK_AVX2) {
      keys_avx2(&query, bias, block, scales, panels, wide, factor, scores + p);
      continue;
    }
#endif
    keys_portable(&query, bias, block, scales, panels, wide, factor, scores + p);
  }
  float step;
#if defined(__x86_64__)
  if (level >= SGK_AVX512) {
    step = split_weights_avx512(scores, blocks, offset, n, wide, weights);
  } else if (level >= SGK_AVX2) {
    step = split_weights_avx2(scores, blocks, offset, n, wide, weights);
  } else
#endif
    step = split_weights(scores, blocks, offset, n, wide, weights);
  int32_t sums[2 * wide];
  memset(sums, 0, sizeof sums);
  for (size_t p = 0; p < n; p += SGK_BLOCK) {
    const uint8_t *block = blocks[p / SGK_BLOCK] + offset;
    size_t count = n - p < SGK_BLOCK ? n - p : SGK_BLOCK;
    struct split part = {weights.high + p, weights.low + p};
    add_values(level, &part, block + SGK_BLOCK * wide, (count + 3) / 4, wide, sums, sums + wide);
  }
  for (size_t d = 0; d < width; d++) {
    out[d] = (128 * (float)sums[d] + (float)sums[wide + d]) * step;
  }
}

void sgk_attend_blocks_portable(const float *q, const uint8_t *const *blocks, size_t offset,
                                size_t n, size_t width, float scale, float *scratch, float *out) {
  attend(SGK_PORTABLE, q, blocks, offset, n, width, scale, scratch, out);
}

void sgk_attend_blocks(const float *q, const uint8_t *const *blocks, size_t offset, size_t n,
                       size_t width, float scale, float *scratch, float *out) {
  attend(sgk_cpu_level(), q, blocks, offset, n, width, scale, scratch, out);
}
