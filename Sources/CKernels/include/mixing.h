/// Sums of columns, the same bits on every machine.
#ifndef THR_MIXING_H
#define THR_MIXING_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// For each row in `begin..<end`: target = columns[0]·factors[0], to which each further product is
/// added with one rounding (fused), and `shift` last. The target is none of the columns.
void thr_mix_columns(const double *const *columns, const double *factors, size_t count,
                     double shift, double *target, size_t begin, size_t end);

#ifdef __cplusplus
}
#endif

#endif
