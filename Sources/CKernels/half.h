// Half-precision numbers without instructions for them.
#pragma once

#include <stdint.h>
#include <string.h>

static inline float sgk_half_to_float(uint16_t h) {
  uint32_t sign = (uint32_t)(h & 0x8000) << 16;
  uint32_t exponent = (h >> 10) & 31;
  uint32_t mantissa = h & 0x3FF;
  uint32_t bits;
  if (exponent == 31) {
    bits = sign | 0x7F800000u | (mantissa << 13);
  } else if (exponent != 0) {
    bits = sign | ((exponent + 112) << 23) | (mantissa << 13);
  } else {
    // Subnormal: mantissa * 2^-24, exact in f32.
    float value = (float)mantissa * 0x1p-24f;
    memcpy(&bits, &value, 4);
    bits |= sign;
  }
  float result;
  memcpy(&result, &bits, 4);
  return result;
}

static inline uint16_t sgk_float_to_half(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
  bits &= 0x7FFFFFFF;
  if (bits > 0x7F800000) return sign | 0x7E00;
  // From 65520 on, the nearest half is infinite.
  if (bits >= 0x477FF000) return sign | 0x7C00;
  if (bits < 0x38800000) {
    // Below the normal halves: adding 2^-1 leaves the multiple of 2^-24 in the low bits.
    float magnitude;
    memcpy(&magnitude, &bits, 4);
    magnitude += 0.5f;
    memcpy(&bits, &magnitude, 4);
    return sign | (uint16_t)(bits - 0x3F000000);
  }
  return sign | (uint16_t)((bits + 0xFFF + (bits >> 13 & 1) - 0x38000000) >> 13);
}
