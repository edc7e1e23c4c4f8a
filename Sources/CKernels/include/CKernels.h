#pragma once

#include "sgk_affine.h"
#include "sgk_attention.h"
#include "sgk_blocks.h"
#include "sgk_cpu.h"
#include "sgk_flow.h"
#include "sgk_gemm.h"
#include "sgk_gemv.h"
#include "sgk_integer_gemm.h"
#include "sgk_packed.h"
#include "sgk_snake.h"
#include "sgk_transformer.h"
