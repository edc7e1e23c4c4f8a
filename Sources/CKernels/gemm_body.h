// The matrix product for one kind of processor; gemm.c includes this once for each.
//
// LEVEL: its name. TARGET: the attribute of its functions. LANES: floats of a vector. ROWS: rows of c
// that the innermost loop holds in registers, by up to VECTORS vectors of columns (2 or 3).

#define COLUMNS (VECTORS * LANES)

typedef float NAMED(vector) __attribute__((vector_size(LANES * 4)));
typedef float NAMED(unaligned) __attribute__((vector_size(LANES * 4), aligned(4)));
typedef float NAMED(square) __attribute__((vector_size(16), aligned(4)));

/// Copies `count` (at most `width`) rows of x, elements p to p + depth, so that element (i, p) comes to
/// lie at [p][i]; rows that are missing become 0.
TARGET static void NAMED(pack)(const struct sgk_operand *x, size_t first, size_t count, size_t width,
                               size_t p, size_t depth, float *target) {
  if (x->transposed) {
    for (size_t q = 0; q < depth; q++) {
      const float *source = x->data + first + (p + q) * x->row;
      float *line = target + q * width;
      size_t i = 0;
      for (; i + LANES <= count; i += LANES) {
        *(NAMED(unaligned) *)(line + i) = *(const NAMED(unaligned) *)(source + i);
      }
      for (; i < count; i++) line[i] = source[i];
      for (; i < width; i++) line[i] = 0;
    }
    return;
  }
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    for (size_t q = 0; q < depth;) {
      size_t length = depth - q;
      const float *r0 = run(x, first + i, p + q, &length);
      const float *r1 = r0 + x->row, *r2 = r1 + x->row, *r3 = r2 + x->row;
      float *line = target + q * width + i;
      size_t s = 0;
      for (; s + 4 <= length; s += 4) {
        NAMED(square) v0 = *(const NAMED(square) *)(r0 + s), v1 = *(const NAMED(square) *)(r1 + s);
        NAMED(square) v2 = *(const NAMED(square) *)(r2 + s), v3 = *(const NAMED(square) *)(r3 + s);
        NAMED(square) t0 = __builtin_shufflevector(v0, v1, 0, 4, 1, 5);
        NAMED(square) t1 = __builtin_shufflevector(v2, v3, 0, 4, 1, 5);
        NAMED(square) t2 = __builtin_shufflevector(v0, v1, 2, 6, 3, 7);
        NAMED(square) t3 = __builtin_shufflevector(v2, v3, 2, 6, 3, 7);
        *(NAMED(square) *)(line + s * width) = __builtin_shufflevector(t0, t1, 0, 1, 4, 5);
        *(NAMED(square) *)(line + (s + 1) * width) = __builtin_shufflevector(t0, t1, 2, 3, 6, 7);
        *(NAMED(square) *)(line + (s + 2) * width) = __builtin_shufflevector(t2, t3, 0, 1, 4, 5);
        *(NAMED(square) *)(line + (s + 3) * width) = __builtin_shufflevector(t2, t3, 2, 3, 6, 7);
      }
      for (; s < length; s++) {
        line[s * width] = r0[s];
        line[s * width + 1] = r1[s];
        line[s * width + 2] = r2[s];
        line[s * width + 3] = r3[s];
      }
      q += length;
    }
  }
  for (; i < width; i++) {
    for (size_t q = 0; q < depth;) {
      size_t length = depth - q;
      const float *row = i < count ? run(x, first + i, p + q, &length) : NULL;
      for (size_t s = 0; s < length; s++) target[(q + s) * width + i] = row ? row[s] : 0;
      q += length;
    }
  }
}

/// Adds a panel of a times a panel of b, COUNT vectors wide, to ROWS rows of c.
#define SGK_TILE(COUNT)                                                                  \
  TARGET static void NAMED(tile##COUNT)(const float *a, const float *b, size_t depth,    \
                                          float alpha, float beta, float *c, size_t ldc) { \
    NAMED(vector) sum[ROWS][COUNT];                                                      \
    SGK_UNROLL for (int r = 0; r < ROWS; r++) {                                            \
      SGK_UNROLL for (int v = 0; v < COUNT; v++) sum[r][v] = (NAMED(vector)){0};         \
    }                                                                                      \
    for (size_t q = 0; q < depth; q++) {                                                   \
      const NAMED(vector) *part = (const NAMED(vector) *)(b + q * COUNT * LANES);        \
      SGK_UNROLL for (int r = 0; r < ROWS; r++) {                                          \
        SGK_UNROLL for (int v = 0; v < COUNT; v++) sum[r][v] += a[q * ROWS + r] * part[v]; \
      }                                                                                    \
    }                                                                                      \
    SGK_UNROLL for (int r = 0; r < ROWS; r++) {                                            \
      SGK_UNROLL for (int v = 0; v < COUNT; v++) {                                       \
        NAMED(unaligned) *place = (NAMED(unaligned) *)(c + r * ldc + v * LANES);           \
        *place = beta == 0 ? alpha * sum[r][v] : alpha * sum[r][v] + beta * *place;        \
      }                                                                                    \
    }                                                                                      \
  }

SGK_TILE(1)
SGK_TILE(2)
#if VECTORS == 3
SGK_TILE(3)
#endif
#undef SGK_TILE

TARGET static void NAMED(tile)(const float *a, const float *b, size_t vectors, size_t depth,
                               float alpha, float beta, float *c, size_t ldc) {
#if VECTORS == 3
  if (vectors == 3) {
    NAMED(tile3)(a, b, depth, alpha, beta, c, ldc);
    return;
  }
#endif
  if (vectors == 2) {
    NAMED(tile2)(a, b, depth, alpha, beta, c, ldc);
  } else {
    NAMED(tile1)(a, b, depth, alpha, beta, c, ldc);
  }
}

TARGET static void NAMED(gemm)(const struct sgk_operand *a, const struct sgk_operand *b, size_t m,
                               size_t n, size_t k, float alpha, float beta, float *c, size_t ldc,
                               float *scratch) {
  float *packed_b = scratch;
  float *packed_a = scratch + scratch_of_b(n, k);
  if (k == 0) {
    for (size_t i = 0; i < m; i++) {
      for (size_t j = 0; j < n; j++) c[i * ldc + j] = beta == 0 ? 0 : beta * c[i * ldc + j];
    }
  }
  for (size_t j = 0; j < n; j += WIDTH) {
    size_t width = least(WIDTH, n - j);
    for (size_t p = 0; p < k; p += DEPTH) {
      size_t depth = least(DEPTH, k - p);
      float keep = p == 0 ? beta : 1;
      // Panels of b are VECTORS vectors wide, the last one as many as it needs.
      for (size_t s = 0; s < width; s += COLUMNS) {
        size_t count = least(COLUMNS, width - s);
        size_t padded = (count + LANES - 1) / LANES * LANES;
        NAMED(pack)(b, j + s, count, padded, p, depth, packed_b + s * depth);
      }
      for (size_t i = 0; i < m; i += HEIGHT) {
        size_t height = least(HEIGHT, m - i);
        for (size_t r = 0; r < height; r += ROWS) {
          NAMED(pack)(a, i + r, least(ROWS, height - r), ROWS, p, depth, packed_a + r * depth);
        }
        for (size_t r = 0; r < height; r += ROWS) {
          size_t rows = least(ROWS, height - r);
          for (size_t s = 0; s < width; s += COLUMNS) {
            size_t count = least(COLUMNS, width - s);
            size_t vectors = (count + LANES - 1) / LANES;
            float *place = c + (i + r) * ldc + j + s;
            const float *left = packed_a + r * depth, *right = packed_b + s * depth;
            if (rows == ROWS && count == vectors * LANES) {
              NAMED(tile)(left, right, vectors, depth, alpha, keep, place, ldc);
              continue;
            }
            // At the rims the tile goes through a buffer.
            float edge[ROWS * COLUMNS];
            for (size_t x = 0; x < rows && keep != 0; x++) {
              memcpy(edge + x * COLUMNS, place + x * ldc, count * sizeof(float));
            }
            for (size_t x = 0; x < ROWS && keep != 0; x++) {
              for (size_t y = x < rows ? count : 0; y < COLUMNS; y++) edge[x * COLUMNS + y] = 0;
            }
            NAMED(tile)(left, right, vectors, depth, alpha, keep, edge, COLUMNS);
            for (size_t x = 0; x < rows; x++) {
              memcpy(place + x * ldc, edge + x * COLUMNS, count * sizeof(float));
            }
          }
        }
      }
    }
  }
}

#undef COLUMNS
