/// The few kernels that Swift cannot vectorise portably, or that wrap a standard library.
#ifndef THR_KERNELS_H
#define THR_KERNELS_H

#include "bucketing.h"
#include "fast_normals.h"
#include "logistic.h"
#include "mixing.h"
#include "field_scanning.h"
#include "number_parsing.h"
#include "plain_rows.h"
#include "polar.h"
#include "transposing.h"

#endif
