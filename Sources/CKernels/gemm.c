#include "sgk_gemm.h"

#include <stdint.h>
#include <string.h>

#include "elementwise.h"
#include "sgk_cpu.h"

// The product is cut into blocks that fit the caches, after Goto and van de Geijn, "Anatomy of
// high-performance matrix multiplication": DEPTH x WIDTH of b in L2, HEIGHT x DEPTH of a in L2 beside
// it, and of a one panel at a time in L1. Both are copied into panels that the innermost loop reads
// in order.
enum { DEPTH = 256, WIDTH = 1008, HEIGHT = 240 };

SGK_INLINE size_t least(size_t a, size_t b) { return a < b ? a : b; }

/// Floats for a block of b, in whole panels; the block of a follows them.
SGK_INLINE size_t scratch_of_b(size_t n, size_t k) {
  return least(DEPTH, k) * ((least(WIDTH, n) + 63) / 64 * 64);
}

size_t sgk_gemm_scratch(size_t m, size_t n, size_t k) {
  return scratch_of_b(n, k) + least(DEPTH, k) * (least(HEIGHT, m) + 8);
}

/// The elements (i, p...) of a row, and how many of them lie next to each other.
SGK_INLINE const float *run(const struct sgk_operand *x, size_t i, size_t p, size_t *count) {
  if (x->segment == 0) return x->data + i * x->row + p;
  *count = least(*count, x->segment - p % x->segment);
  return x->data + i * x->row + p / x->segment * x->stride + p % x->segment;
}

#define SGK_PASTE2(a, b) a##_##b
#define SGK_PASTE(a, b) SGK_PASTE2(a, b)
#define NAMED(name) SGK_PASTE(name, LEVEL)
#define SGK_UNROLL _Pragma("clang loop unroll(full)")

#define LEVEL portable
#define TARGET
#define LANES 4
#define ROWS 6
#define VECTORS 2
#include "gemm_body.h"
#undef LEVEL
#undef TARGET
#undef LANES
#undef ROWS
#undef VECTORS

#if defined(__x86_64__)
#define LEVEL avx2
#define TARGET SGK_TARGET_AVX2
#define LANES 8
#define ROWS 6
#define VECTORS 2
#include "gemm_body.h"
#undef LEVEL
#undef TARGET
#undef LANES
#undef ROWS
#undef VECTORS

#define LEVEL avx512
#define TARGET SGK_TARGET_AVX512
#define LANES 16
#define ROWS 8
#define VECTORS 3
#include "gemm_body.h"
#endif

void sgk_gemm_portable(const struct sgk_operand *a, const struct sgk_operand *b, size_t m, size_t n,
                       size_t k, float alpha, float beta, float *c, size_t ldc, float *scratch) {
  gemm_portable(a, b, m, n, k, alpha, beta, c, ldc, scratch);
}

void sgk_gemm(const struct sgk_operand *a, const struct sgk_operand *b, size_t m, size_t n, size_t k,
              float alpha, float beta, float *c, size_t ldc, float *scratch) {
#if defined(__x86_64__)
  int level = sgk_cpu_level();
  if (level >= SGK_AVX512) {
    gemm_avx512(a, b, m, n, k, alpha, beta, c, ldc, scratch);
    return;
  }
  if (level >= SGK_AVX2) {
    gemm_avx2(a, b, m, n, k, alpha, beta, c, ldc, scratch);
    return;
  }
#endif
  gemm_portable(a, b, m, n, k, alpha, beta, c, ldc, scratch);
}
