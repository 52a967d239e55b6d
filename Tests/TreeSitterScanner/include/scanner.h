/* The scanner of `grammar/tree-sitter`, over a text in memory. */
#ifndef THR_SCANNER_H
#define THR_SCANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a line end token stands at `start`, where one is `wanted`; if so, `end` is where it ends.
   Places count the characters of `text`. */
bool thr_scan_line_end(const int32_t *text, size_t count, size_t start, bool wanted, size_t *end);

#endif
