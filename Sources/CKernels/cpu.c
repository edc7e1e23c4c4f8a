#define _GNU_SOURCE
#include "sgk_cpu.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const names[] = {"portable", "avx2",       "avxvnni",
                                    "avx512",   "avx512vnni", "avx512bf16"};

static int detect(void) {
  int level = SGK_PORTABLE;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
      __builtin_cpu_supports("f16c")) {
    level = __builtin_cpu_supports("avxvnni") ? SGK_AVXVNNI : SGK_AVX2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
      level = SGK_AVX512;
      if (__builtin_cpu_supports("avx512vnni")) {
        level = __builtin_cpu_supports("avx512bf16") ? SGK_AVX512BF16 : SGK_AVX512VNNI;
      }
    }
  }
#endif
  const char *wish = getenv("SG_CPU");
  if (wish != NULL) {
    for (int i = 0; i < level; i++) {
      if (strcmp(wish, names[i]) == 0) return i;
    }
  }
  return level;
}

static atomic_int cached = -1;

int sgk_cpu_lower(int most) {
  int level = sgk_cpu_level();
  if (level > most) level = most;
  atomic_store_explicit(&cached, level, memory_order_relaxed);
  return level;
}

int sgk_cpu_level(void) {
  int level = atomic_load_explicit(&cached, memory_order_relaxed);
  if (level < 0) {
    level = detect();
    atomic_store_explicit(&cached, level, memory_order_relaxed);
  }
  return level;
}

const char *sgk_cpu_level_name(int level) {
  return level >= SGK_PORTABLE && level <= SGK_AVX512BF16 ? names[level] : "unknown";
}

int sgk_available_processors(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}
