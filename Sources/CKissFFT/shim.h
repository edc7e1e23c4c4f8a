#define KISS_FFT_SHARED 1
#include <kissfft/kiss_fftr.h>
