#pragma once

/// What the processor offers, lowest first.
enum sgk_cpu_level {
  SGK_PORTABLE = 0,
  /// AVX2, FMA and F16C.
  SGK_AVX2 = 1,
  /// AVX-512 F, BW, DQ and VL besides.
  SGK_AVX512 = 2,
};

/// The level in use: what the processor has, lowered by `SG_CPU` when that is set.
int sgk_cpu_level(void);

/// Whether the level in use is AVX-512 and the processor has its dot products of integers besides.
int sgk_cpu_has_vnni(void);

/// The name of a level, as `SG_CPU` takes it.
const char *sgk_cpu_level_name(int level);

/// The processors in this process's affinity mask.
int sgk_available_processors(void);
