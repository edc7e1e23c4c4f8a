#include "sgk_attention.h"

#include <math.h>

#include "sgk_cpu.h"
#include "sgk_gemv.h"
#include "vector_math.h"

void sgk_softmax_scaled_portable(float *x, size_t n, float scale) {
  float top = -INFINITY;
  for (size_t i = 0; i < n; i++) top = fmaxf(top, x[i] * scale);
  float sum = 0;
  for (size_t i = 0; i < n; i++) {
    x[i] = expf(x[i] * scale - top);
    sum += x[i];
  }
  float inverse = 1 / sum;
  for (size_t i = 0; i < n; i++) x[i] *= inverse;
}

void sgk_attend_portable(const float *q, const float *keys, const float *values, size_t n,
                         size_t width, float scale, float *scores, float *out) {
  sgk_gemv_portable(keys, SGK_F32, n, width, q, width, scores, n, 1);
  sgk_softmax_scaled_portable(scores, n, scale);
  for (size_t d = 0; d < width; d++) out[d] = 0;
  for (size_t p = 0; p < n; p++) {
    for (size_t d = 0; d < width; d++) out[d] += scores[p] * values[p * width + d];
  }
}

#if defined(__x86_64__)
SGK_AVX2_TARGET static void softmax_avx2(float *x, size_t n, float scale) {
  float top = -INFINITY;
  for (size_t i = 0; i < n; i++) top = x[i] * scale > top ? x[i] * scale : top;
  __m256 sum8 = _mm256_setzero_ps();
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    __m256 v = sgk_exp8(_mm256_fmsub_ps(_mm256_loadu_ps(x + i), _mm256_set1_ps(scale),
                                        _mm256_set1_ps(top)));
    _mm256_storeu_ps(x + i, v);
    sum8 = _mm256_add_ps(sum8, v);
  }
  float lanes[8];
  _mm256_storeu_ps(lanes, sum8);
  float sum = 0;
  for (int j = 0; j < 8; j++) sum += lanes[j];
  for (; i < n; i++) {
    x[i] = expf(x[i] * scale - top);
    sum += x[i];
  }
  float inverse = 1 / sum;
  for (i = 0; i < n; i++) x[i] *= inverse;
}

// Eight output columns at a time stay in registers over all positions.
SGK_AVX2_TARGET static void weigh_avx2(const float *scores, const float *values, size_t n,
                                       size_t width, float *out) {
  size_t d = 0;
  for (; d + 32 <= width; d += 32) {
    __m256 a0 = _mm256_setzero_ps(), a1 = a0, a2 = a0, a3 = a0;
    for (size_t p = 0; p < n; p++) {
      __m256 s = _mm256_broadcast_ss(scores + p);
      const float *v = values + p * width + d;
      a0 = _mm256_fmadd_ps(s, _mm256_loadu_ps(v), a0);
      a1 = _mm256_fmadd_ps(s, _mm256_loadu_ps(v + 8), a1);
      a2 = _mm256_fmadd_ps(s, _mm256_loadu_ps(v + 16), a2);
      a3 = _mm256_fmadd_ps(s, _mm256_loadu_ps(v + 24), a3);
    }
    _mm256_storeu_ps(out + d, a0);
    _mm256_storeu_ps(out + d + 8, a1);
    _mm256_storeu_ps(out + d + 16, a2);
    _mm256_storeu_ps(out + d + 24, a3);
  }
  for (; d < width; d++) {
    float sum = 0;
    for (size_t p = 0; p < n; p++) sum += scores[p] * values[p * width + d];
    out[d] = sum;
  }
}
#endif

void sgk_softmax_scaled(float *x, size_t n, float scale) {
#if defined(__x86_64__)
  if (sgk_cpu_level() >= SGK_AVX2) {
    softmax_avx2(x, n, scale);
    return;
  }
#endif
  sgk_softmax_scaled_portable(x, n, scale);
}

void sgk_attend(const float *q, const float *keys, const float *values, size_t n, size_t width,
                float scale, float *scores, float *out) {
#if defined(__x86_64__)
  if (sgk_cpu_level() >= SGK_AVX2) {
    sgk_gemv(keys, SGK_F32, n, width, q, width, scores, n, 1);
    softmax_avx2(scores, n, scale);
    weigh_avx2(scores, values, n, width, out);
    return;
  }
#endif
  sgk_attend_portable(q, keys, values, n, width, scale, scores, out);
}
