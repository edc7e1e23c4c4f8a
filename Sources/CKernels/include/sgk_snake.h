#pragma once

#include <stddef.h>

/// y = x + inverse * sin(alpha x)^2, over `n` floats; y may be x.
///
/// `alpha` and `inverse` hold `period` floats, which repeat: element i takes number i mod period.
void sgk_snake(const float *x, float *y, size_t n, const float *alpha, const float *inverse,
               size_t period);
void sgk_snake_portable(const float *x, float *y, size_t n, const float *alpha,
                        const float *inverse, size_t period);
