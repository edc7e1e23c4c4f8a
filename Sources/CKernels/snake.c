#include "sgk_snake.h"

#include "elementwise.h"
#include "sgk_cpu.h"

SGK_INLINE void snake(const float *x, float *y, size_t n, const float *alpha, const float *inverse,
                      size_t period) {
  for (size_t i = 0; i < n; i += period) {
    size_t count = n - i < period ? n - i : period;
    // In place is no obstacle: an element depends on itself only.
#pragma clang loop vectorize(assume_safety)
    for (size_t j = 0; j < count; j++) {
      float v = x[i + j];
      y[i + j] = v + inverse[j] * sgk_sine_squared(alpha[j] * v);
    }
  }
}

void sgk_snake_portable(const float *x, float *y, size_t n, const float *alpha,
                        const float *inverse, size_t period) {
  snake(x, y, n, alpha, inverse, period);
}

#if defined(__x86_64__)
SGK_TARGET_AVX2 static void snake_avx2(const float *x, float *y, size_t n, const float *alpha,
                                       const float *inverse, size_t period) {
  snake(x, y, n, alpha, inverse, period);
}

SGK_TARGET_AVX512 static void snake_avx512(const float *x, float *y, size_t n, const float *alpha,
                                           const float *inverse, size_t period) {
  snake(x, y, n, alpha, inverse, period);
}
#endif

void sgk_snake(const float *x, float *y, size_t n, const float *alpha, const float *inverse,
               size_t period) {
#if defined(__x86_64__)
  int level = sgk_cpu_level();
  if (level >= SGK_AVX512) {
    snake_avx512(x, y, n, alpha, inverse, period);
    return;
  }
  if (level >= SGK_AVX2) {
    snake_avx2(x, y, n, alpha, inverse, period);
    return;
  }
#endif
  sgk_snake_portable(x, y, n, alpha, inverse, period);
}
