/// Fields of delimited text that are stepped over.
#ifndef THR_FIELD_SCANNING_H
#define THR_FIELD_SCANNING_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The first delimiter, line feed or carriage return from `at` on; `end` where there is none.
const uint8_t *thr_find_field_end(const uint8_t *at, const uint8_t *end, uint8_t delimiter);

#ifdef __cplusplus
}
#endif

#endif
