#include "sgk_blocks.h"

#include <math.h>

#include "half.h"
#include "sgk_gemv.h"

// The layouts are those of the GGML block formats. A fused multiply-add would round once where the
// formats' definition rounds twice.
#pragma STDC FP_CONTRACT OFF

static inline float half_at(const uint8_t *bytes) {
  return sgk_half_to_float((uint16_t)(bytes[0] | bytes[1] << 8));
}

/// d, 16 bytes of two elements: low halves are elements 0..15, high halves 16..31.
static void q4_0(const uint8_t *b, float *y) {
  float d = half_at(b);
  for (int i = 0; i < 16; i++) {
    y[i] = d * (float)((b[2 + i] & 15) - 8);
    y[i + 16] = d * (float)((b[2 + i] >> 4) - 8);
  }
}

/// As Q4_0, with a minimum in place of the offset 8.
static void q4_1(const uint8_t *b, float *y) {
  float d = half_at(b), m = half_at(b + 2);
  for (int i = 0; i < 16; i++) {
    float low = d * (float)(b[4 + i] & 15), high = d * (float)(b[4 + i] >> 4);
    y[i] = low + m;
    y[i + 16] = high + m;
  }
}

static inline uint32_t fifth_bits(const uint8_t *b) {
  return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/// As Q4_0; bit i of a 32-bit word is the fifth bit of element i.
static void q5_0(const uint8_t *b, float *y) {
  float d = half_at(b);
  uint32_t high = fifth_bits(b + 2);
  for (int i = 0; i < 16; i++) {
    y[i] = d * (float)((int)((b[6 + i] & 15) | (high >> i & 1) << 4) - 16);
    y[i + 16] = d * (float)((int)((b[6 + i] >> 4) | (high >> (i + 16) & 1) << 4) - 16);
  }
}

static void q5_1(const uint8_t *b, float *y) {
  float d = half_at(b), m = half_at(b + 2);
  uint32_t high = fifth_bits(b + 4);
  for (int i = 0; i < 16; i++) {
    float low = d * (float)((b[8 + i] & 15) | (high >> i & 1) << 4);
    float top = d * (float)((b[8 + i] >> 4) | (high >> (i + 16) & 1) << 4);
    y[i] = low + m;
    y[i + 16] = top + m;
  }
}

static void q8_0(const uint8_t *b, float *y) {
  float d = half_at(b);
  for (int i = 0; i < 32; i++) y[i] = (float)(int8_t)b[2 + i] * d;
}

/// Scale and minimum of group `j` of eight, six bits each, in twelve bytes.
static inline void scale_of(const uint8_t *s, int j, int *scale, int *minimum) {
  if (j < 4) {
    *scale = s[j] & 63;
    *minimum = s[j + 4] & 63;
  } else {
    *scale = (s[j + 4] & 15) | (s[j - 4] >> 6) << 4;
    *minimum = (s[j + 4] >> 4) | (s[j] >> 6) << 4;
  }
}

/// d, dmin, scales, 128 bytes: the low halves of 32 bytes are one group, the high halves the next.
static void q4_k(const uint8_t *b, float *y) {
  float d = half_at(b), dmin = half_at(b + 2);
  for (int j = 0; j < 8; j++) {
    int scale, minimum;
    scale_of(b + 4, j, &scale, &minimum);
    float ds = d * (float)scale, dm = dmin * (float)minimum;
    const uint8_t *q = b + 16 + j / 2 * 32;
    int shift = j % 2 * 4;
    for (int i = 0; i < 32; i++) {
      float product = ds * (float)(q[i] >> shift & 15);
      y[32 * j + i] = product - dm;
    }
  }
}

/// As Q4_K; bit j of byte i of 32 is the fifth bit of element i of group j.
static void q5_k(const uint8_t *b, float *y) {
  float d = half_at(b), dmin = half_at(b + 2);
  for (int j = 0; j < 8; j++) {
    int scale, minimum;
    scale_of(b + 4, j, &scale, &minimum);
    float ds = d * (float)scale, dm = dmin * (float)minimum;
    const uint8_t *q = b + 48 + j / 2 * 32;
    int shift = j % 2 * 4;
    for (int i = 0; i < 32; i++) {
      float product = ds * (float)((q[i] >> shift & 15) | (b[16 + i] >> j & 1) << 4);
      y[32 * j + i] = product - dm;
    }
  }
}

/// 128 bytes of low halves, 64 of upper pairs, 16 signed scales, d; two halves of 128 elements.
static void q6_k(const uint8_t *b, float *y) {
  float d = half_at(b + 208);
  for (int group = 0; group < 8; group++) {
    const uint8_t *low = b + group / 4 * 64 + group % 2 * 32;
    const uint8_t *high = b + 128 + group / 4 * 32;
    int shift = group % 4 / 2 * 4, pair = group % 4 * 2;
    for (int i = 0; i < 32; i++) {
      int q = (int)((low[i] >> shift & 15) | (high[i] >> pair & 3) << 4) - 32;
      float scale = d * (float)(int8_t)b[192 + group * 2 + i / 16];
      y[32 * group + i] = scale * (float)q;
    }
  }
}

int sgk_blocks_widen(const void *source, int type, float *target, size_t blocks) {
  void (*widen)(const uint8_t *, float *);
  size_t size, count = 32;
  switch (type) {
    case SGK_Q4_0: widen = q4_0, size = 18; break;
    case SGK_Q4_1: widen = q4_1, size = 20; break;
    case SGK_Q5_0: widen = q5_0, size = 22; break;
    case SGK_Q5_1: widen = q5_1, size = 24; break;
    case SGK_Q8_0: widen = q8_0, size = 34; break;
    case SGK_Q4_K: widen = q4_k, size = 144, count = 256; break;
    case SGK_Q5_K: widen = q5_k, size = 176, count = 256; break;
    case SGK_Q6_K: widen = q6_k, size = 210, count = 256; break;
    default: return 0;
  }
  const uint8_t *bytes = source;
  for (size_t i = 0; i < blocks; i++) widen(bytes + i * size, target + i * count);
  return 1;
}

void sgk_blocks_quantise(const float *source, void *target, size_t blocks) {
  uint8_t *out = target;
  for (size_t block = 0; block < blocks; block++, source += 32, out += 34) {
    float largest = 0;
    for (int i = 0; i < 32; i++) largest = fmaxf(largest, fabsf(source[i]));
    float d = largest / 127;
    float inverse = d == 0 ? 0 : 1 / d;
    uint16_t scale = sgk_float_to_half(d);
    out[0] = (uint8_t)scale;
    out[1] = (uint8_t)(scale >> 8);
    for (int i = 0; i < 32; i++) {
      float q = roundf(source[i] * inverse);
      // A number that is not finite has no place in eight bits.
      out[2 + i] = (uint8_t)(int8_t)(q >= -127 && q <= 127 ? q : 0);
    }
  }
}

static inline uint16_t float_to_bfloat(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  // Not a number stays one.
  if ((bits & 0x7FFFFFFFu) > 0x7F800000u) return (uint16_t)(bits >> 16 | 0x40);
  return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

void sgk_narrow(const float *source, int type, uint16_t *target, size_t n) {
  if (type == SGK_BF16) {
    for (size_t i = 0; i < n; i++) target[i] = float_to_bfloat(source[i]);
  } else {
    for (size_t i = 0; i < n; i++) target[i] = sgk_float_to_half(source[i]);
  }
}
