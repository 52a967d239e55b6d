#include "mixing.h"

#include "clones.h"

// Only the fused operations that are written: the compiler must not add any of its own.
#pragma STDC FP_CONTRACT OFF

THR_CLONES
void thr_mix_columns(const double *const *columns, const double *factors, size_t count,
                     double shift, double *target, size_t begin, size_t end) {
  enum { block = 256 };
  double sums[block];
  for (size_t first = begin; first < end; first += block) {
    size_t rows = end - first < block ? end - first : block;
    const double *column = columns[0] + first;
    for (size_t i = 0; i < rows; i++) sums[i] = column[i] * factors[0];
    for (size_t k = 1; k < count; k++) {
      column = columns[k] + first;
      for (size_t i = 0; i < rows; i++)
        sums[i] = __builtin_fma(column[i], factors[k], sums[i]);
    }
    for (size_t i = 0; i < rows; i++) target[first + i] = sums[i] + shift;
  }
}
