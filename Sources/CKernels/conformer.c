#include "sgk_conformer.h"

#include "elementwise.h"
#include "sgk_cpu.h"

SGK_INLINE void silu_bias(float *x, const float *bias, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float v = x[i] + bias[i];
    x[i] = v / (1 + sgk_exp(-v));
  }
}

SGK_INLINE void glu(const float *x, float *y, size_t n) {
  for (size_t i = 0; i < n; i++) y[i] = x[i] / (1 + sgk_exp(-x[n + i]));
}

SGK_INLINE void depthwise(const float *x, const float *w, float *y, size_t taps,
                          size_t channels) {
  // Channels in runs whose sums stay in registers.
  enum { RUN = 64 };
  size_t whole = channels - channels % RUN;
  for (size_t c = 0; c < whole; c += RUN) {
    float sum[RUN] = {0};
    for (size_t k = 0; k < taps; k++) {
      for (int j = 0; j < RUN; j++) sum[j] += w[k * channels + c + j] * x[k * channels + c + j];
    }
    for (int j = 0; j < RUN; j++) y[c + j] = sum[j];
  }
  for (size_t c = whole; c < channels; c++) {
    float sum = 0;
    for (size_t k = 0; k < taps; k++) sum += w[k * channels + c] * x[k * channels + c];
    y[c] = sum;
  }
}

SGK_INLINE void relu_bias(const float *x, const float *bias, float *y, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float v = x[i] + bias[i];
    y[i] = v > 0 ? v : 0;
  }
}

#define SGK_PASTE2(a, b) a##_##b
#define SGK_PASTE(a, b) SGK_PASTE2(a, b)

/// The functions of one kind of processor.
#define SGK_VARIANT(LEVEL, LINKAGE, TARGET)                                                     \
  TARGET LINKAGE void SGK_PASTE(sgk_silu_bias, LEVEL)(float *x, const float *bias, size_t n) {  \
    silu_bias(x, bias, n);                                                                      \
  }                                                                                             \
  TARGET LINKAGE void SGK_PASTE(sgk_glu, LEVEL)(const float *x, float *y, size_t n) {           \
    glu(x, y, n);                                                                               \
  }                                                                                             \
  TARGET LINKAGE void SGK_PASTE(sgk_depthwise, LEVEL)(const float *x, const float *w, float *y, \
                                                      size_t taps, size_t channels) {           \
    depthwise(x, w, y, taps, channels);                                                         \
  }                                                                                             \
  TARGET LINKAGE void SGK_PASTE(sgk_relu_bias, LEVEL)(const float *x, const float *bias,        \
                                                      float *y, size_t n) {                     \
    relu_bias(x, bias, y, n);                                                                   \
  }

SGK_VARIANT(portable, , )
#if defined(__x86_64__)
SGK_VARIANT(avx2, static, SGK_TARGET_AVX2)
SGK_VARIANT(avx512, static, SGK_TARGET_AVX512)
/// Returns from the function after the call of its best variant.
#define SGK_CHOOSE(name, ...)                                   \
  int level = sgk_cpu_level();                                  \
  if (level >= SGK_AVX512) {                                    \
    SGK_PASTE(name, avx512)(__VA_ARGS__);                       \
    return;                                                     \
  }                                                             \
  if (level >= SGK_AVX2) {                                      \
    SGK_PASTE(name, avx2)(__VA_ARGS__);                         \
    return;                                                     \
  }
#else
#define SGK_CHOOSE(name, ...)
#endif

void sgk_silu_bias(float *x, const float *bias, size_t n) {
  SGK_CHOOSE(sgk_silu_bias, x, bias, n)
  sgk_silu_bias_portable(x, bias, n);
}

void sgk_glu(const float *x, float *y, size_t n) {
  SGK_CHOOSE(sgk_glu, x, y, n)
  sgk_glu_portable(x, y, n);
}

void sgk_depthwise(const float *x, const float *w, float *y, size_t taps, size_t channels) {
  SGK_CHOOSE(sgk_depthwise, x, w, y, taps, channels)
  sgk_depthwise_portable(x, w, y, taps, channels);
}

void sgk_relu_bias(const float *x, const float *bias, float *y, size_t n) {
  SGK_CHOOSE(sgk_relu_bias, x, bias, y, n)
  sgk_relu_bias_portable(x, bias, y, n);
}
