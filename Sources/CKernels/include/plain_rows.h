/// Rows of delimited text that hold nothing but plain numbers.
#ifndef THR_PLAIN_ROWS_H
#define THR_PLAIN_ROWS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Reads rows between `at` and `end`, up to the first that has anything but plain numbers, correctly
/// rounded, and empty cells, or the wrong number of them, and returns where that row begins.
///
/// A number is plain that is below 2^53 and written without quotes, spaces, needless zeros in front
/// and more than 19 digits. The cells of a column where `skipped` is not 0 are stepped over, unless
/// they are quoted. Cells are written column after column, `stride` apart, from row `*count` on,
/// which is increased by the rows read and stays at most `capacity`; an empty cell is NaN.
const uint8_t *thr_read_plain_rows(const uint8_t *at, const uint8_t *end, const uint8_t *skipped,
                                   size_t columns, uint8_t delimiter, double *cells, size_t stride,
                                   size_t capacity, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
