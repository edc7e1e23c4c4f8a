// Elementary functions without branches, tables or library calls, so that the compiler turns a loop
// over them into vector code for whatever target the surrounding function has.
#pragma once

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#define SGK_TARGET_AVX2 __attribute__((target("avx2,fma,f16c")))
#define SGK_TARGET_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c")))
#endif
#define SGK_INLINE static inline __attribute__((always_inline))

/// From the loop `name`, which is SGK_INLINE: `sgk_name`, which picks by processor, and its portable
/// twin. Wants sgk_cpu.h.
#if defined(__x86_64__)
#define SGK_KERNEL(name, parameters, arguments)                             \
  void sgk_##name##_portable parameters { name arguments; }                 \
  SGK_TARGET_AVX2 static void name##_avx2 parameters { name arguments; }    \
  SGK_TARGET_AVX512 static void name##_avx512 parameters { name arguments; } \
  void sgk_##name parameters {                                              \
    int level = sgk_cpu_level();                                            \
    if (level >= SGK_AVX512) {                                              \
      name##_avx512 arguments;                                              \
    } else if (level >= SGK_AVX2) {                                         \
      name##_avx2 arguments;                                                \
    } else {                                                                \
      name arguments;                                                       \
    }                                                                       \
  }
#else
#define SGK_KERNEL(name, parameters, arguments)             \
  void sgk_##name##_portable parameters { name arguments; } \
  void sgk_##name parameters { name arguments; }
#endif

/// The nearest integer, ties to even, for |x| < 2^22.
SGK_INLINE float sgk_nearest(float x) {
  const float magic = 12582912.f;
  return (x + magic) - magic;
}

/// e^x within 2 ulp for x in [-87, 88], clamped outside; NaN counts as the lower end.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2, then the degree-7 Taylor series of e^r, times 2^n.
SGK_INLINE float sgk_exp(float x) {
  x = x > -87.33654f ? x : -87.33654f;
  x = x < 88.02969f ? x : 88.02969f;
  float n = sgk_nearest(x * 1.44269504f);
  float r = x - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  float p = 1.f / 5040;
  p = p * r + 1.f / 720;
  p = p * r + 1.f / 120;
  p = p * r + 1.f / 24;
  p = p * r + 1.f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.f;
  p = p * r + 1.f;
  int32_t bits;
  memcpy(&bits, &p, sizeof bits);
  bits += (int32_t)n << 23;
  memcpy(&p, &bits, sizeof p);
  return p;
}

/// sin(x)^2 with an error of some 1e-7 for |x| < 10^4; it grows with |x| as that of f32 x itself does.
///
/// sin^2 has the period pi: x = k pi + r with |r| <= pi / 2, pi in three parts (Cody and Waite), then
/// the Taylor series of sin r to r^11, whose rest is below 6e-8.
SGK_INLINE float sgk_sine_squared(float x) {
  x = x > -4e6f ? x : -4e6f;
  x = x < 4e6f ? x : 4e6f;
  float k = sgk_nearest(x * 0.318309886f);
  float r = x - k * 3.140625f;
  r = r - k * 9.67502593994140625e-4f;
  r = r - k * 1.509957990978376e-7f;
  float q = r * r;
  float p = -1.f / 39916800;
  p = p * q + 1.f / 362880;
  p = p * q - 1.f / 5040;
  p = p * q + 1.f / 120;
  p = p * q - 1.f / 6;
  float s = r + r * q * p;
  return s * s;
}

/// Phi(-a), the normal distribution's tail, for a >= 0: e^(-a^2 / 2) r(a), where r varies slowly: a
/// polynomial in t = 1 / (1 + 0.375 a), fitted for the least relative error (1.2e-8) up to a = 14.
SGK_INLINE float sgk_normal_tail(float a) {
  float t = 1 / (1 + 0.375f * a);
  float p = 0.0212579279f;
  p = p * t - 0.1358799494f;
  p = p * t + 0.3490764946f;
  p = p * t - 0.4294042530f;
  p = p * t + 0.2198139497f;
  p = p * t - 0.0583016685f;
  p = p * t + 0.1087991147f;
  p = p * t + 0.1251470940f;
  p = p * t + 0.1498989068f;
  p = p * t + 0.1495923779f;
  return sgk_exp(-0.5f * a * a) * (p * t);
}
