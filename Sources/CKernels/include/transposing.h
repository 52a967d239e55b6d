/// Between rows and columns.
#ifndef THR_TRANSPOSING_H
#define THR_TRANSPOSING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Copies `count` rows of so many numbers, the first at `rows` and each `stride` after the one
/// before, to as many columns, from `begin` on. Row i is the one at `order[i]`; where `order` is
/// NULL, rows follow one another.
void thr_rows_to_columns(const double *rows, size_t stride, const uint32_t *order, size_t count,
                         size_t numbers, double *const *columns, size_t begin);

/// Copies `count` numbers of each column into rows.
void thr_columns_to_rows(const double *const *columns, size_t numbers, size_t count, double *rows,
                         size_t stride);

/// Copies `count` numbers to places of a column.
void thr_scatter(const double *numbers, const uint32_t *places, size_t count, double *column);

#ifdef __cplusplus
}
#endif

#endif
