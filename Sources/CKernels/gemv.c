#include "sgk_gemv.h"

#include <string.h>

#include "half.h"
#include "sgk_cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static inline float bfloat_to_float(uint16_t b) {
  uint32_t bits = (uint32_t)b << 16;
  float result;
  memcpy(&result, &bits, 4);
  return result;
}

static inline float load_one(const void *w, int type, size_t i) {
  switch (type) {
    case SGK_F16: return sgk_half_to_float(((const uint16_t *)w)[i]);
    case SGK_BF16: return bfloat_to_float(((const uint16_t *)w)[i]);
    default: return ((const float *)w)[i];
  }
}

static size_t element_size(int type) { return type == SGK_F32 ? 4 : 2; }

void sgk_gemv_portable(const void *w, int type, size_t rows, size_t k, const float *x,
                       size_t x_stride, float *y, size_t y_stride, int batch) {
  for (size_t o = 0; o < rows; o++) {
    const char *row = (const char *)w + o * k * element_size(type);
    for (int b = 0; b < batch; b++) {
      // Sixteen running sums, as the vector variants have.
      float lanes[16] = {0};
      for (size_t i = 0; i < k; i++) {
        lanes[i & 15] += load_one(row, type, i) * x[(size_t)b * x_stride + i];
      }
      float sum = 0;
      for (int i = 0; i < 16; i++) sum += lanes[i];
      y[(size_t)b * y_stride + o] = sum;
    }
  }
}

void sgk_widen_portable(const void *source, int type, float *target, size_t n) {
  for (size_t i = 0; i < n; i++) target[i] = load_one(source, type, i);
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma,f16c")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c")))

AVX2 static inline __m256 load8(const char *row, int type, size_t i) {
  switch (type) {
    case SGK_F16: return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(row + 2 * i)));
    case SGK_BF16:
      return _mm256_castsi256_ps(_mm256_slli_epi32(
          _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(row + 2 * i))), 16));
    default: return _mm256_loadu_ps((const float *)row + i);
  }
}

AVX2 static inline float sum8(__m256 v) {
  __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  s = _mm_add_ps(s, _mm_movehl_ps(s, s));
  return _mm_cvtss_f32(_mm_add_ss(s, _mm_shuffle_ps(s, s, 1)));
}

// R weight rows against B batch rows: R * B running sums, each over k in the same order.
#define GEMV_AVX2(R, B, TYPE)                                                                \
  {                                                                                          \
    const size_t size = element_size(TYPE);                                                  \
    __m256 acc[R][B];                                                                        \
    for (int r = 0; r < R; r++)                                                              \
      for (int b = 0; b < B; b++) acc[r][b] = _mm256_setzero_ps();                           \
    size_t i = 0;                                                                            \
    for (; i + 8 <= k; i += 8) {                                                             \
      __m256 v[B];                                                                           \
      for (int b = 0; b < B; b++) v[b] = _mm256_loadu_ps(x + (size_t)b * x_stride + i);      \
      for (int r = 0; r < R; r++) {                                                          \
        __m256 m = load8((const char *)w + (o + r) * k * size, TYPE, i);                     \
        for (int b = 0; b < B; b++) acc[r][b] = _mm256_fmadd_ps(m, v[b], acc[r][b]);         \
      }                                                                                      \
    }                                                                                        \
    for (int r = 0; r < R; r++)                                                              \
      for (int b = 0; b < B; b++) {                                                          \
        float sum = sum8(acc[r][b]);                                                         \
        for (size_t j = i; j < k; j++)                                                       \
          sum += load_one((const char *)w + (o + r) * k * size, TYPE, j) *                   \
                 x[(size_t)b * x_stride + j];                                                \
        y[(size_t)b * y_stride + o + r] = sum;                                               \
      }                                                                                      \
  }

#define GEMV_AVX2_TYPE(NAME, TYPE)                                                           \
  AVX2 static void NAME(const void *w, size_t rows, size_t k, const float *x,                \
                        size_t x_stride, float *y, size_t y_stride, int batch) {             \
    size_t o = 0;                                                                            \
    if (batch == 2) {                                                                        \
      for (; o + 4 <= rows; o += 4) GEMV_AVX2(4, 2, TYPE)                                    \
      for (; o < rows; o++) GEMV_AVX2(1, 2, TYPE)                                            \
    } else {                                                                                 \
      for (; o + 4 <= rows; o += 4) GEMV_AVX2(4, 1, TYPE)                                    \
      for (; o < rows; o++) GEMV_AVX2(1, 1, TYPE)                                            \
    }                                                                                        \
  }
GEMV_AVX2_TYPE(gemv_avx2_f32, SGK_F32)
GEMV_AVX2_TYPE(gemv_avx2_f16, SGK_F16)
GEMV_AVX2_TYPE(gemv_avx2_bf16, SGK_BF16)

AVX512 static inline __m512 load16(const char *row, int type, size_t i) {
  switch (type) {
    case SGK_F16: return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(row + 2 * i)));
    case SGK_BF16:
      return _mm512_castsi512_ps(_mm512_slli_epi32(
          _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(row + 2 * i))), 16));
    default: return _mm512_loadu_ps((const float *)row + i);
  }
}

#define GEMV_AVX512(R, B, TYPE)                                                              \
  {                                                                                          \
    const size_t size = element_size(TYPE);                                                  \
    __m512 acc[R][B];                                                                        \
    for (int r = 0; r < R; r++)                                                              \
      for (int b = 0; b < B; b++) acc[r][b] = _mm512_setzero_ps();                           \
    size_t i = 0;                                                                            \
    for (; i + 16 <= k; i += 16) {                                                           \
      __m512 v[B];                                                                           \
      for (int b = 0; b < B; b++) v[b] = _mm512_loadu_ps(x + (size_t)b * x_stride + i);      \
      for (int r = 0; r < R; r++) {                                                          \
        __m512 m = load16((const char *)w + (o + r) * k * size, TYPE, i);                    \
        for (int b = 0; b < B; b++) acc[r][b] = _mm512_fmadd_ps(m, v[b], acc[r][b]);         \
      }                                                                                      \
    }                                                                                        \
    for (int r = 0; r < R; r++)                                                              \
      for (int b = 0; b < B; b++) {                                                          \
        float sum = _mm512_reduce_add_ps(acc[r][b]);                                         \
        for (size_t j = i; j < k; j++)                                                       \
          sum += load_one((const char *)w + (o + r) * k * size, TYPE, j) *                   \
                 x[(size_t)b * x_stride + j];                                                \
        y[(size_t)b * y_stride + o + r] = sum;                                               \
      }                                                                                      \
  }

#define GEMV_AVX512_TYPE(NAME, TYPE)                                                         \
  AVX512 static void NAME(const void *w, size_t rows, size_t k, const float *x,              \
                          size_t x_stride, float *y, size_t y_stride, int batch) {           \
    size_t o = 0;                                                                            \
    if (batch == 2) {                                                                        \
      for (; o + 4 <= rows; o += 4) GEMV_AVX512(4, 2, TYPE)                                  \
      for (; o < rows; o++) GEMV_AVX512(1, 2, TYPE)                                          \
    } else {                                                                                 \
      for (; o + 4 <= rows; o += 4) GEMV_AVX512(4, 1, TYPE)                                  \
      for (; o < rows; o++) GEMV_AVX512(1, 1, TYPE)                                          \
    }                                                                                        \
  }
GEMV_AVX512_TYPE(gemv_avx512_f32, SGK_F32)
GEMV_AVX512_TYPE(gemv_avx512_f16, SGK_F16)
GEMV_AVX512_TYPE(gemv_avx512_bf16, SGK_BF16)

AVX2 static void widen_avx2(const void *source, int type, float *target, size_t n) {
  size_t i = 0;
  for (; i + 8 <= n; i += 8) _mm256_storeu_ps(target + i, load8(source, type, i));
  for (; i < n; i++) target[i] = load_one(source, type, i);
}
#endif

void sgk_gemv(const void *w, int type, size_t rows, size_t k, const float *x, size_t x_stride,
              float *y, size_t y_stride, int batch) {
#if defined(__x86_64__)
  int level = sgk_cpu_level();
  if (level >= SGK_AVX512) {
    switch (type) {
      case SGK_F16: gemv_avx512_f16(w, rows, k, x, x_stride, y, y_stride, batch); return;
      case SGK_BF16: gemv_avx512_bf16(w, rows, k, x, x_stride, y, y_stride, batch); return;
      default: gemv_avx512_f32(w, rows, k, x, x_stride, y, y_stride, batch); return;
    }
  }
  if (level >= SGK_AVX2) {
    switch (type) {
      case SGK_F16: gemv_avx2_f16(w, rows, k, x, x_stride, y, y_stride, batch); return;
      case SGK_BF16: gemv_avx2_bf16(w, rows, k, x, x_stride, y, y_stride, batch); return;
      default: gemv_avx2_f32(w, rows, k, x, x_stride, y, y_stride, batch); return;
    }
  }
#endif
  sgk_gemv_portable(w, type, rows, k, x, x_stride, y, y_stride, batch);
}

void sgk_widen(const void *source, int type, float *target, size_t n) {
  if (type == SGK_F32) {
    memcpy(target, source, n * sizeof(float));
    return;
  }
#if defined(__x86_64__)
  if (sgk_cpu_level() >= SGK_AVX2) {
    widen_avx2(source, type, target, n);
    return;
  }
#endif
  sgk_widen_portable(source, type, target, n);
}
