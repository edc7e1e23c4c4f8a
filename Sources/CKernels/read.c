#include "sgk_read.h"

#include "elementwise.h"
#include "sgk_cpu.h"

SGK_INLINE uint64_t sum_words(const uint64_t *words, size_t count) {
  // Several sums, so that loads need not wait for additions.
  uint64_t sums[32] = {0};
  size_t i = 0;
  for (; i + 32 <= count; i += 32) {
    for (int j = 0; j < 32; j++) sums[j] += words[i + j];
  }
  uint64_t sum = 0;
  for (; i < count; i++) sum += words[i];
  for (int j = 0; j < 32; j++) sum += sums[j];
  return sum;
}

#if defined(__x86_64__)
SGK_TARGET_AVX2 static uint64_t sum_words_avx2(const uint64_t *words, size_t count) {
  return sum_words(words, count);
}

SGK_TARGET_AVX512 static uint64_t sum_words_avx512(const uint64_t *words, size_t count) {
  return sum_words(words, count);
}
#endif

uint64_t sgk_read(const void *words, size_t count) {
#if defined(__x86_64__)
  int level = sgk_cpu_level();
  if (level >= SGK_AVX512) return sum_words_avx512(words, count);
  if (level >= SGK_AVX2) return sum_words_avx2(words, count);
#endif
  return sum_words(words, count);
}
