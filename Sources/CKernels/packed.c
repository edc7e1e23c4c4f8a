#include "sgk_packed.h"

#include <math.h>

#include "elementwise.h"
#include "half.h"
#include "sgk_cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { QUADS = SGK_GROUP / 4, LINE = SGK_PANEL * 4 };

// Bytes by which weights that are read once are fetched ahead; the processor's own prefetch ends at each
// page of 4 KiB.
enum { AHEAD = 4096 };

// Rows of activations of the tile for batches.
enum { PAIR_ROWS = 6 };

/// What one tile reads and writes: a panel of weights and some rows of activations.
struct tile {
  const uint8_t *weights;
  const uint16_t *weight_scales;
  size_t groups;
  const int8_t *x;        // [rows][groups * 32]
  const float *scales;    // [rows][groups]
  const int32_t *biases;  // [rows][groups]
  float *y;               // [rows][16]
};

SGK_INLINE int load4(const int8_t *x) {
  int word;
  memcpy(&word, x, 4);
  return word;
}

static void tile_portable(const struct tile *t, int format) {
  float sum[SGK_PANEL] = {0};
  for (size_t g = 0; g < t->groups; g++) {
    const int8_t *x = t->x + g * SGK_GROUP;
    for (size_t r = 0; r < SGK_PANEL; r++) {
      int32_t dot = 0;
      for (size_t k = 0; k < SGK_GROUP; k++) {
        size_t j = k / 4, i = k % 4;
        int weight;
        if (format == SGK_Q8) {
          weight = (int8_t)t->weights[(g * QUADS + j) * LINE + 4 * r + i];
        } else {
          int both = t->weights[(g * QUADS / 2 + j % (QUADS / 2)) * LINE + 4 * r + i];
          weight = (j < QUADS / 2 ? both & 15 : both >> 4) - 8;
        }
        dot += weight * x[k];
      }
      sum[r] = fmaf((float)dot * t->scales[g],
                    sgk_half_to_float(t->weight_scales[g * SGK_PANEL + r]), sum[r]);
    }
  }
  memcpy(t->y, sum, sizeof sum);
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma,f16c")))
#define AVXVNNI __attribute__((target("avx2,fma,f16c,avxvnni")))
#define VNNI \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,f16c")))
#define UNROLL _Pragma("clang loop unroll(full)")

// q8 without VNNI: |w| times x with w's sign, in pairs of 16 bits, which 2 * 128 * 127 cannot overflow.
AVX2 static inline __m256i dot8_avx2(__m256i sum, __m256i w, __m256i x) {
  __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(x, w));
  return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

#define TILE_Q8_AVX2(R)                                                                       \
  AVX2 static void q8_avx2_##R(const struct tile *t) {                                        \
    __m256 acc[R][2];                                                                         \
    UNROLL for (int r = 0; r < R; r++) acc[r][0] = acc[r][1] = _mm256_setzero_ps();           \
    for (size_t g = 0; g < t->groups; g++) {                                                  \
      const uint8_t *w = t->weights + g * QUADS * LINE;                                       \
      __m256i sum[R][2];                                                                      \
      UNROLL for (int r = 0; r < R; r++) sum[r][0] = sum[r][1] = _mm256_setzero_si256();      \
      UNROLL for (int j = 0; j < QUADS; j++) {                                                \
        _mm_prefetch((const char *)w + j * LINE + AHEAD, _MM_HINT_T0);                        \
        __m256i a = _mm256_loadu_si256((const __m256i *)(w + j * LINE));                      \
        __m256i b = _mm256_loadu_si256((const __m256i *)(w + j * LINE + 32));                 \
        UNROLL for (int r = 0; r < R; r++) {                                                  \
          const int8_t *x = t->x + ((size_t)r * t->groups + g) * SGK_GROUP + 4 * j;           \
          __m256i v = _mm256_set1_epi32(load4(x));                                            \
          sum[r][0] = dot8_avx2(sum[r][0], a, v);                                             \
          sum[r][1] = dot8_avx2(sum[r][1], b, v);                                             \
        }                                                                                     \
      }                                                                                       \
      FINISH_AVX2(R)                                                                          \
    }                                                                                         \
    STORE_AVX2(R)                                                                             \
  }

// Scales a group's integer sums and adds them.
#define FINISH_AVX2(R)                                                                        \
  const __m128i *s = (const __m128i *)(t->weight_scales + g * SGK_PANEL);                     \
  __m256 low = _mm256_cvtph_ps(_mm_loadu_si128(s));                                           \
  __m256 high = _mm256_cvtph_ps(_mm_loadu_si128(s + 1));                                      \
  UNROLL for (int r = 0; r < R; r++) {                                                        \
    __m256 scale = _mm256_set1_ps(t->scales[(size_t)r * t->groups + g]);                      \
    acc[r][0] = _mm256_fmadd_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sum[r][0]), scale), low,     \
                                acc[r][0]);                                                   \
    acc[r][1] = _mm256_fmadd_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sum[r][1]), scale), high,    \
                                acc[r][1]);                                                   \
  }

#define STORE_AVX2(R)                                                                         \
  UNROLL for (int r = 0; r < R; r++) {                                                        \
    _mm256_storeu_ps(t->y + r * SGK_PANEL, acc[r][0]);                                        \
    _mm256_storeu_ps(t->y + r * SGK_PANEL + 8, acc[r][1]);                                    \
  }

// q4 without VNNI: nibbles 0 to 15 times x, eight of them in 16 bits: 8 * 2 * 15 * 127 < 2^15.
#define TILE_Q4_AVX2(R)                                                                       \
  AVX2 static void q4_avx2_##R(const struct tile *t) {                                        \
    const __m256i mask = _mm256_set1_epi8(15), ones = _mm256_set1_epi16(1);                   \
    __m256 acc[R][2];                                                                         \
    UNROLL for (int r = 0; r < R; r++) acc[r][0] = acc[r][1] = _mm256_setzero_ps();           \
    for (size_t g = 0; g < t->groups; g++) {                                                  \
      const uint8_t *w = t->weights + g * QUADS / 2 * LINE;                                   \
      __m256i sum[R][2];                                                                      \
      UNROLL for (int r = 0; r < R; r++) sum[r][0] = sum[r][1] = _mm256_setzero_si256();      \
      UNROLL for (int j = 0; j < QUADS / 2; j++) {                                            \
        UNROLL for (int h = 0; h < 2; h++) {                                                  \
          __m256i both = _mm256_loadu_si256((const __m256i *)(w + j * LINE + 32 * h));        \
          __m256i a = _mm256_and_si256(both, mask);                                           \
          __m256i b = _mm256_and_si256(_mm256_srli_epi16(both, 4), mask);                     \
          UNROLL for (int r = 0; r < R; r++) {                                                \
            const int8_t *x = t->x + ((size_t)r * t->groups + g) * SGK_GROUP + 4 * j;         \
            __m256i u = _mm256_set1_epi32(load4(x)), v = _mm256_set1_epi32(load4(x + 16));    \
            sum[r][h] = _mm256_add_epi16(sum[r][h], _mm256_maddubs_epi16(a, u));              \
            sum[r][h] = _mm256_add_epi16(sum[r][h], _mm256_maddubs_epi16(b, v));              \
          }                                                                                   \
        }                                                                                     \
      }                                                                                       \
      UNROLL for (int r = 0; r < R; r++) {                                                    \
        __m256i bias = _mm256_set1_epi32(t->biases[(size_t)r * t->groups + g] / 16);          \
        sum[r][0] = _mm256_add_epi32(_mm256_madd_epi16(sum[r][0], ones), bias);               \
        sum[r][1] = _mm256_add_epi32(_mm256_madd_epi16(sum[r][1], ones), bias);               \
      }                                                                                       \
      FINISH_AVX2(R)                                                                          \
    }                                                                                         \
    STORE_AVX2(R)                                                                             \
  }

// With VNNI weights are unsigned: w + 128 in q8, the nibble times 16 in q4; the bias takes the excess
// of 128 away again, and the 16 goes with the scale.
#define TILE_AVXVNNI(R)                                                                       \
  AVXVNNI static void q8_avxvnni_##R(const struct tile *t) {                                  \
    const __m256i flip = _mm256_set1_epi8(-128);                                              \
    __m256 acc[R][2];                                                                         \
    UNROLL for (int r = 0; r < R; r++) acc[r][0] = acc[r][1] = _mm256_setzero_ps();           \
    for (size_t g = 0; g < t->groups; g++) {                                                  \
      const uint8_t *w = t->weights + g * QUADS * LINE;                                       \
      __m256i sum[R][2];                                                                      \
      UNROLL for (int r = 0; r < R; r++) {                                                    \
        sum[r][0] = sum[r][1] = _mm256_set1_epi32(t->biases[(size_t)r * t->groups + g]);      \
      }                                                                                       \
      UNROLL for (int j = 0; j < QUADS; j++) {                                                \
        const __m256i *line = (const __m256i *)(w + j * LINE);                                \
        _mm_prefetch((const char *)w + j * LINE + AHEAD, _MM_HINT_T0);                        \
        __m256i a = _mm256_xor_si256(_mm256_loadu_si256(line), flip);                         \
        __m256i b = _mm256_xor_si256(_mm256_loadu_si256(line + 1), flip);                     \
        UNROLL for (int r = 0; r < R; r++) {                                                  \
          const int8_t *x = t->x + ((size_t)r * t->groups + g) * SGK_GROUP + 4 * j;           \
          __m256i v = _mm256_set1_epi32(load4(x));                                            \
          sum[r][0] = _mm256_dpbusd_avx_epi32(sum[r][0], a, v);                               \
          sum[r][1] = _mm256_dpbusd_avx_epi32(sum[r][1], b, v);                               \
        }                                                                                     \
      }                                                                                       \
      FINISH_AVX2(R)                                                                          \
    }                                                                                         \
    STORE_AVX2(R)                                                                             \
  }

#define TILE_Q8_VNNI(R)                                                                       \
  VNNI static void q8_vnni_##R(const struct tile *t) {                                        \
    const __m512i flip = _mm512_set1_epi8(-128);                                              \
    const size_t groups = t->groups;                                                          \
    __m512 acc[R];                                                                            \
    UNROLL for (int r = 0; r < R; r++) acc[r] = _mm512_setzero_ps();                          \
    for (size_t g = 0; g < groups; g++) {                                                     \
      const uint8_t *w = t->weights + g * QUADS * LINE;                                       \
      const int8_t *x = t->x + g * SGK_GROUP;                                                 \
      __m512i sum[R];                                                                         \
      UNROLL for (int r = 0; r < R; r++) {                                                    \
        sum[r] = _mm512_set1_epi32(t->biases[(size_t)r * groups + g]);                        \
      }                                                                                       \
      UNROLL for (int j = 0; j < QUADS; j++) {                                                \
        if (R <= 2) _mm_prefetch((const char *)w + j * LINE + AHEAD, _MM_HINT_T0);            \
        __m512i a = _mm512_xor_si512(_mm512_loadu_si512(w + j * LINE), flip);                 \
        UNROLL for (int r = 0; r < R; r++) {                                                  \
          __m512i v =                                                                         \
              _mm512_set1_epi32(load4(x + (size_t)r * groups * SGK_GROUP + 4 * j));           \
          sum[r] = _mm512_dpbusd_epi32(sum[r], a, v);                                         \
        }                                                                                     \
      }                                                                                       \
      __m512 scale = _mm512_cvtph_ps(                                                         \
          _mm256_loadu_si256((const __m256i *)(t->weight_scales + g * SGK_PANEL)));           \
      UNROLL for (int r = 0; r < R; r++) {                                                    \
        __m512 part = _mm512_mul_ps(_mm512_cvtepi32_ps(sum[r]),                               \
                                    _mm512_set1_ps(t->scales[(size_t)r * groups + g]));       \
        acc[r] = _mm512_fmadd_ps(part, scale, acc[r]);                                        \
      }                                                                                       \
    }                                                                                         \
    UNROLL for (int r = 0; r < R; r++) _mm512_storeu_ps(t->y + r * SGK_PANEL, acc[r]);        \
  }

#define TILE_Q4_VNNI(R)                                                                       \
  VNNI static void q4_vnni_##R(const struct tile *t) {                                        \
    const __m512i mask = _mm512_set1_epi8((char)0xF0);                                        \
    const size_t groups = t->groups;                                                          \
    __m512 acc[R];                                                                            \
    UNROLL for (int r = 0; r < R; r++) acc[r] = _mm512_setzero_ps();                          \
    for (size_t g = 0; g < groups; g++) {                                                     \
      const uint8_t *w = t->weights + g * QUADS / 2 * LINE;                                   \
      const int8_t *x = t->x + g * SGK_GROUP;                                                 \
      __m512i sum[R];                                                                         \
      UNROLL for (int r = 0; r < R; r++) {                                                    \
        sum[r] = _mm512_set1_epi32(t->biases[(size_t)r * groups + g]);                        \
      }                                                                                       \
      UNROLL for (int j = 0; j < QUADS / 2; j++) {                                            \
        if (R <= 2) _mm_prefetch((const char *)w + j * LINE + AHEAD, _MM_HINT_T0);            \
        __m512i both = _mm512_loadu_si512(w + j * LINE);                                      \
        __m512i a = _mm512_and_si512(_mm512_slli_epi16(both, 4), mask);                       \
        __m512i b = _mm512_and_si512(both, mask);                                             \
        UNROLL for (int r = 0; r < R; r++) {                                                  \
          const int8_t *row = x + (size_t)r * groups * SGK_GROUP + 4 * j;                     \
          sum[r] = _mm512_dpbusd_epi32(sum[r], a, _mm512_set1_epi32(load4(row)));             \
          sum[r] = _mm512_dpbusd_epi32(sum[r], b, _mm512_set1_epi32(load4(row + 16)));        \
        }                                                                                     \
      }                                                                                       \
      __m512 scale = _mm512_mul_ps(                                                           \
          _mm512_cvtph_ps(                                                                    \
              _mm256_loadu_si256((const __m256i *)(t->weight_scales + g * SGK_PANEL))),       \
          _mm512_set1_ps(0.0625f));                                                           \
      UNROLL for (int r = 0; r < R; r++) {                                                    \
        __m512 part = _mm512_mul_ps(_mm512_cvtepi32_ps(sum[r]),                               \
                                    _mm512_set1_ps(t->scales[(size_t)r * groups + g]));       \
        acc[r] = _mm512_fmadd_ps(part, scale, acc[r]);                                        \
      }                                                                                       \
    }                                                                                         \
    UNROLL for (int r = 0; r < R; r++) _mm512_storeu_ps(t->y + r * SGK_PANEL, acc[r]);        \
  }

TILE_Q8_AVX2(1)
TILE_Q8_AVX2(2)
TILE_Q4_AVX2(1)
TILE_Q4_AVX2(2)
TILE_AVXVNNI(1)
TILE_AVXVNNI(2)
TILE_Q8_VNNI(1)
TILE_Q8_VNNI(2)
TILE_Q8_VNNI(4)
TILE_Q4_VNNI(1)
TILE_Q4_VNNI(2)
TILE_Q4_VNNI(4)

// Batches: two panels side by side share each load of activations, and six rows of activations each load
// of weights. The result is [6][2][16].

#define PAIR_VNNI(NAME, GROUP_BYTES, STEPS, MULTIPLY, FACTOR)                                 \
  VNNI static void NAME(const struct tile *t) {                                               \
    const size_t groups = t->groups, panel = groups * (GROUP_BYTES);                          \
    __m512 acc[2][PAIR_ROWS];                                                                 \
    UNROLL for (int r = 0; r < PAIR_ROWS; r++) acc[0][r] = acc[1][r] = _mm512_setzero_ps();   \
    for (size_t g = 0; g < groups; g++) {                                                     \
      const uint8_t *w = t->weights + g * (GROUP_BYTES);                                      \
      const int8_t *x = t->x + g * SGK_GROUP;                                                 \
      __m512i sum[2][PAIR_ROWS];                                                              \
      UNROLL for (int r = 0; r < PAIR_ROWS; r++) {                                            \
        sum[0][r] = sum[1][r] = _mm512_set1_epi32(t->biases[(size_t)r * groups + g]);         \
      }                                                                                       \
      UNROLL for (int j = 0; j < (STEPS); j++) { MULTIPLY }                                   \
      const __m256i *s = (const __m256i *)(t->weight_scales + g * SGK_PANEL);                 \
      const __m256i *u = (const __m256i *)(t->weight_scales + (groups + g) * SGK_PANEL);      \
      __m512 low = _mm512_mul_ps(_mm512_cvtph_ps(_mm256_loadu_si256(s)), FACTOR);             \
      __m512 high = _mm512_mul_ps(_mm512_cvtph_ps(_mm256_loadu_si256(u)), FACTOR);            \
      UNROLL for (int r = 0; r < PAIR_ROWS; r++) {                                            \
        __m512 scale = _mm512_set1_ps(t->scales[(size_t)r * groups + g]);                     \
        acc[0][r] = _mm512_fmadd_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sum[0][r]), scale), low, \
                                    acc[0][r]);                                               \
        acc[1][r] = _mm512_fmadd_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sum[1][r]), scale),      \
                                    high, acc[1][r]);                                         \
      }                                                                                       \
    }                                                                                         \
    UNROLL for (int r = 0; r < PAIR_ROWS; r++) {                                              \
      _mm512_storeu_ps(t->y + 2 * r * SGK_PANEL, acc[0][r]);                                  \
      _mm512_storeu_ps(t->y + (2 * r + 1) * SGK_PANEL, acc[1][r]);                            \
    }                                                                                         \
  }

// Adds four columns, broadcast to `v`, times two panels' weights.
#define PAIR_DOT(COLUMN, A, B)                                                                \
  UNROLL for (int r = 0; r < PAIR_ROWS; r++) {                                                \
    __m512i v = _mm512_set1_epi32(load4(x + (size_t)r * groups * SGK_GROUP + (COLUMN)));      \
    sum[0][r] = _mm512_dpbusd_epi32(sum[0][r], A, v);                                         \
    sum[1][r] = _mm512_dpbusd_epi32(sum[1][r], B, v);                                         \
  }

#define PAIR_Q8                                                                               \
  const __m512i flip = _mm512_set1_epi8(-128);                                                \
  __m512i a = _mm512_xor_si512(_mm512_loadu_si512(w + j * LINE), flip);                       \
  __m512i b = _mm512_xor_si512(_mm512_loadu_si512(w + panel + j * LINE), flip);               \
  PAIR_DOT(4 * j, a, b)

#define PAIR_Q4                                                                               \
  const __m512i mask = _mm512_set1_epi8((char)0xF0);                                          \
  __m512i a = _mm512_loadu_si512(w + j * LINE), b = _mm512_loadu_si512(w + panel + j * LINE); \
  __m512i c = _mm512_and_si512(_mm512_slli_epi16(a, 4), mask);                                \
  __m512i d = _mm512_and_si512(_mm512_slli_epi16(b, 4), mask);                                \
  PAIR_DOT(4 * j, c, d)                                                                       \
  c = _mm512_and_si512(a, mask);                                                              \
  d = _mm512_and_si512(b, mask);                                                              \
  PAIR_DOT(4 * j + 16, c, d)

PAIR_VNNI(pair_q8_vnni, QUADS * LINE, QUADS, PAIR_Q8, _mm512_set1_ps(1))
PAIR_VNNI(pair_q4_vnni, QUADS / 2 * LINE, QUADS / 2, PAIR_Q4, _mm512_set1_ps(0.0625f))

/// Works on as many rows of x as the largest tile that fits has, and says how many.
static size_t run_tile(const struct tile *t, int format, int level, size_t rows) {
  if (level >= SGK_AVX512VNNI) {
    if (rows >= 4) return (format == SGK_Q8 ? q8_vnni_4 : q4_vnni_4)(t), 4;
    if (rows >= 2) return (format == SGK_Q8 ? q8_vnni_2 : q4_vnni_2)(t), 2;
    return (format == SGK_Q8 ? q8_vnni_1 : q4_vnni_1)(t), 1;
  }
  if (level == SGK_AVXVNNI && format == SGK_Q8) {
    if (rows >= 2) return q8_avxvnni_2(t), 2;
    return q8_avxvnni_1(t), 1;
  }
  if (level >= SGK_AVX2) {
    if (rows >= 2) return (format == SGK_Q8 ? q8_avx2_2 : q4_avx2_2)(t), 2;
    return (format == SGK_Q8 ? q8_avx2_1 : q4_avx2_1)(t), 1;
  }
  tile_portable(t, format);
  return 1;
}
#else
static size_t run_tile(const struct tile *t, int format, int level, size_t rows) {
  (void)level;
  (void)rows;
  tile_portable(t, format);
  return 1;
}
#endif

static struct tile at_row(struct tile t, size_t row) {
  t.x += row * t.groups * SGK_GROUP;
  t.scales += row * t.groups;
  t.biases += row * t.groups;
  return t;
}

static void product(int level, int format, const void *weights, const uint16_t *weight_scales,
                    size_t panels, size_t rows, size_t groups, const int8_t *x,
                    const float *scales, const int32_t *biases, size_t count, float *y,
                    size_t y_stride) {
  size_t panel_bytes = groups * (format == SGK_Q8 ? QUADS : QUADS / 2) * LINE;
  for (size_t panel = 0; panel < panels;) {
    size_t first = panel * SGK_PANEL, row = 0;
    float out[2 * PAIR_ROWS * SGK_PANEL];
    struct tile t = {
        (const uint8_t *)weights + panel * panel_bytes,
        weight_scales + panel * groups * SGK_PANEL,
        groups,
        x,
        scales,
        biases,
        out,
    };
#if defined(__x86_64__)
    if (level >= SGK_AVX512VNNI && count >= PAIR_ROWS && panel + 2 <= panels) {
      size_t width = rows - first < 2 * SGK_PANEL ? rows - first : 2 * SGK_PANEL;
      for (; row + PAIR_ROWS <= count; row += PAIR_ROWS) {
        struct tile pair = at_row(t, row);
        (format == SGK_Q8 ? pair_q8_vnni : pair_q4_vnni)(&pair);
        for (size_t r = 0; r < PAIR_ROWS; r++) {
          memcpy(y + (row + r) * y_stride + first, out + 2 * r * SGK_PANEL,
                 width * sizeof(float));
        }
      }
    }
#endif
    // What a pair of panels left is done for the first, then for the second.
    size_t begun = row;
    for (size_t p = panel; p == panel || (begun > 0 && p == panel + 1); p++) {
      size_t left = rows - p * SGK_PANEL;
      size_t width = left < SGK_PANEL ? left : SGK_PANEL;
      t.weights = (const uint8_t *)weights + p * panel_bytes;
      t.weight_scales = weight_scales + p * groups * SGK_PANEL;
      for (row = begun; row < count;) {
        struct tile tile = at_row(t, row);
        size_t done = run_tile(&tile, format, level, count - row);
        for (size_t r = 0; r < done; r++) {
          memcpy(y + (row + r) * y_stride + p * SGK_PANEL, out + r * SGK_PANEL,
                 width * sizeof(float));
        }
        row += done;
      }
    }
    panel += begun > 0 ? 2 : 1;
  }
}

void sgk_packed_product_portable(int format, const void *weights, const uint16_t *weight_scales,
                                 size_t panels, size_t rows, size_t groups, const int8_t *x,
                                 const float *scales, const int32_t *biases, size_t count,
                                 float *y, size_t y_stride) {
  product(SGK_PORTABLE, format, weights, weight_scales, panels, rows, groups, x, scales, biases,
          count, y, y_stride);
}

void sgk_packed_product(int format, const void *weights, const uint16_t *weight_scales,
                        size_t panels, size_t rows, size_t groups, const int8_t *x,
                        const float *scales, const int32_t *biases, size_t count, float *y,
                        size_t y_stride) {
  product(sgk_cpu_level(), format, weights, weight_scales, panels, rows, groups, x, scales, biases,
          count, y, y_stride);
}
