#pragma once

/// What the processor offers, lowest first. A family of kernels that has no variant for a level takes
/// that of a lower one.
enum sgk_cpu_level {
  SGK_PORTABLE = 0,
  /// AVX2, FMA and F16C.
  SGK_AVX2 = 1,
  /// AVX-VNNI (int8 dot products on 256 bits) besides; a higher level need not have it.
  SGK_AVXVNNI = 2,
  /// AVX2, FMA, F16C, and AVX-512 F, BW, DQ and VL.
  SGK_AVX512 = 3,
  /// AVX-512 VNNI (int8 dot products) besides.
  SGK_AVX512VNNI = 4,
  /// AVX-512 BF16 (bf16 dot products) besides.
  SGK_AVX512BF16 = 5,
};

/// The level in use: what the processor has, lowered by `SG_CPU` when that is set.
int sgk_cpu_level(void);

/// Lowers the level to `most` from now on, and says what it is then. Call it before any kernel.
int sgk_cpu_lower(int most);

/// The name of a level, as `SG_CPU` takes it.
const char *sgk_cpu_level_name(int level);

/// The processors in this process's affinity mask.
int sgk_available_processors(void);
