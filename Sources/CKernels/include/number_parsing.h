/// Decimal numbers from bytes and back, exactly rounded, free of the locale and of terminators.
#ifndef THR_NUMBER_PARSING_H
#define THR_NUMBER_PARSING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Reads the longest decimal number that begins at `begin` and ends before `end` into `value`,
/// rounded to the nearest Double: digits with an optional point and exponent, after an optional
/// minus; also `inf`, `infinity` and `nan` in any case. No plus, no spaces, no hexadecimal.
///
/// Returns the bytes read, 0 where no number begins, and minus the bytes read where the number
/// is beyond the largest Double (`value` is then an infinity). A number too small reads as zero.
ptrdiff_t thr_parse_number(const uint8_t *begin, const uint8_t *end, double *value);

/// The most bytes that `thr_write_number` writes.
#define THR_NUMBER_CAPACITY 32

/// Writes the shortest digits that read back as `value` and returns their count.
ptrdiff_t thr_write_number(double value, uint8_t *out);

/// Folds whole 64-byte blocks into the four lanes of a running content hash.
void thr_hash_blocks(const uint8_t *bytes, size_t blocks, uint64_t state[4]);

#ifdef __cplusplus
}
#endif

#endif
