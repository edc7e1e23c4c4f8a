#include "sgk_transformer.h"

#include <math.h>

#include "sgk_cpu.h"
#include "vector_math.h"

void sgk_rms_norm_portable(const float *x, const float *w, float *y, size_t n, float eps) {
  float lanes[8] = {0};
  for (size_t i = 0; i < n; i++) lanes[i & 7] += x[i] * x[i];
  float sum = 0;
  for (int i = 0; i < 8; i++) sum += lanes[i];
  float factor = 1 / sqrtf(sum / (float)n + eps);
  for (size_t i = 0; i < n; i++) y[i] = x[i] * factor * w[i];
}

void sgk_silu_gate_portable(float *gate, const float *up, size_t n) {
  for (size_t i = 0; i < n; i++) gate[i] = gate[i] / (1 + expf(-gate[i])) * up[i];
}

void sgk_rope_half(float *x, const float *cosine, const float *sine, size_t width) {
  size_t half = width / 2;
  for (size_t i = 0; i < half; i++) {
    float u = x[i], v = x[i + half];
    x[i] = u * cosine[i] - v * sine[i];
    x[i + half] = v * cosine[i] + u * sine[i];
  }
}

#if defined(__x86_64__)
SGK_AVX2_TARGET static void rms_norm_avx2(const float *x, const float *w, float *y, size_t n,
                                          float eps) {
  __m256 acc = _mm256_setzero_ps();
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    __m256 v = _mm256_loadu_ps(x + i);
    acc = _mm256_fmadd_ps(v, v, acc);
  }
  float lanes[8];
  _mm256_storeu_ps(lanes, acc);
  float sum = 0;
  for (int j = 0; j < 8; j++) sum += lanes[j];
  for (; i < n; i++) sum += x[i] * x[i];
  float factor = 1 / sqrtf(sum / (float)n + eps);
  __m256 f = _mm256_set1_ps(factor);
  for (i = 0; i + 8 <= n; i += 8) {
    __m256 v = _mm256_mul_ps(_mm256_mul_ps(_mm256_loadu_ps(x + i), f), _mm256_loadu_ps(w + i));
    _mm256_storeu_ps(y + i, v);
  }
  for (; i < n; i++) y[i] = x[i] * factor * w[i];
}

SGK_AVX2_TARGET static void silu_gate_avx2(float *gate, const float *up, size_t n) {
  const __m256 one = _mm256_set1_ps(1.f);
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    __m256 g = _mm256_loadu_ps(gate + i);
    __m256 e = sgk_exp8(_mm256_sub_ps(_mm256_setzero_ps(), g));
    __m256 s = _mm256_div_ps(g, _mm256_add_ps(one, e));
    _mm256_storeu_ps(gate + i, _mm256_mul_ps(s, _mm256_loadu_ps(up + i)));
  }
  for (; i < n; i++) gate[i] = gate[i] / (1 + expf(-gate[i])) * up[i];
}
#endif

void sgk_rms_norm(const float *x, const float *w, float *y, size_t n, float eps) {
#if defined(__x86_64__)
  if (sgk_cpu_level() >= SGK_AVX2) {
    rms_norm_avx2(x, w, y, n, eps);
    return;
  }
#endif
  sgk_rms_norm_portable(x, w, y, n, eps);
}

void sgk_silu_gate(float *gate, const float *up, size_t n) {
#if defined(__x86_64__)
  if (sgk_cpu_level() >= SGK_AVX2) {
    silu_gate_avx2(gate, up, n);
    return;
  }
#endif
  sgk_silu_gate_portable(gate, up, n);
}
