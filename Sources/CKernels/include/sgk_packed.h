#pragma once

#include <stddef.h>
#include <stdint.h>

/// Packed weight matrices: small integers with one f16 scale per row and group of 32 columns.
///
/// A matrix [rows, k] is cut into panels of 16 rows and groups of 32 columns, both padded with zeros.
/// Row r of panel p, column 32 g + 4 j + i is
///
///     SGK_Q8:  value[p][g][j][r][i] * scale[p][g][r],  i8, j in 0..<8
///     SGK_Q4:  (nibble - 8) * scale[p][g][r], where the low nibble of value[p][g][j][r][i] is for j in
///              0..<4 and the high nibble for j + 4
///
/// so that one load serves 16 outputs, and the products need no horizontal sums.
enum sgk_packed_format {
  SGK_Q8 = 3,
  SGK_Q4 = 4,
};

enum {
  SGK_PANEL = 16,
  SGK_GROUP = 32,
};

/// Packs one panel: `count` (1 to 16) rows of `columns` floats, `stride` apart.
///
/// `values` gets groups * 512 (q8) or groups * 256 (q4) bytes, `scales` groups * 16 halves, where
/// groups = ceil(columns / 32). In q8 the scale is the largest magnitude over 127; in q4 the one with
/// the least square error among some.
void sgk_pack_panel(int format, const float *rows, size_t stride, size_t count, size_t columns,
                    void *values, uint16_t *scales);

/// sgk_pack_panel without instructions that not every processor has; the same bytes.
void sgk_pack_panel_portable(int format, const float *rows, size_t stride, size_t count,
                             size_t columns, void *values, uint16_t *scales);

/// Writes the integers of one group of 32 columns of row `row` (0 to 15) of a panel and its scale, an f16.
///
/// `integers` are -127 to 127 for q8, -8 to 7 for q4. This is how blocks of other formats with the
/// same groups come in without loss.
void sgk_pack_group(int format, size_t row, size_t group, const int8_t *integers, uint16_t scale,
                    void *values, uint16_t *scales);

/// Widens row `row` (0 to 15) of a panel to `columns` floats.
void sgk_unpack_row(int format, const void *values, const uint16_t *scales, size_t row,
                    size_t columns, float *target);

/// Rounds a float to the nearest f16, ties to even; too large a number becomes infinite.
uint16_t sgk_half(float x);

/// Activations for the products below: int8 with one scale per group of 32.
///
/// `values` [count][groups * 32], `scales` [count][groups], `biases` [count][groups] = -128 times the
/// sum of a group's integers. Columns beyond `k` count as 0.
void sgk_quantise(const float *x, size_t stride, size_t count, size_t k, int8_t *values,
                  float *scales, int32_t *biases);
void sgk_quantise_portable(const float *x, size_t stride, size_t count, size_t k, int8_t *values,
                           float *scales, int32_t *biases);

/// y[b][o] = sum over k of w[o][k] * x[b][k] for `count` rows of x, quantised, and `panels` panels.
///
/// y has rows of `y_stride` floats; `rows` (at most 16 * panels) of each are written. The sum of a group
/// is an exact integer and groups are added in order, so an element has the same bits in every
/// variant, for any split of panels and rows of x.
void sgk_packed_product(int format, const void *weights, const uint16_t *weight_scales,
                        size_t panels, size_t rows, size_t groups, const int8_t *x,
                        const float *scales, const int32_t *biases, size_t count, float *y,
                        size_t y_stride);
void sgk_packed_product_portable(int format, const void *weights, const uint16_t *weight_scales,
                                 size_t panels, size_t rows, size_t groups, const int8_t *x,
                                 const float *scales, const int32_t *biases, size_t count,
                                 float *y, size_t y_stride);
