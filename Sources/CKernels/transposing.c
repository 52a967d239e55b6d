#include "transposing.h"

enum { few = 8, ahead = 16 };

void thr_rows_to_columns(const double *rows, size_t stride, const uint32_t *order, size_t count,
                         size_t numbers, double *const *columns, size_t begin) {
  const double *row[few];
  for (size_t first = 0; first < count; first += few) {
    size_t now = count - first < few ? count - first : few;
    for (size_t i = 0; i < now; i++) {
      size_t place = first + i;
      row[i] = rows + stride * (order ? order[place] : place);
      // Rows in random order come from memory: those after next are on their way meanwhile.
      if (order && place + ahead < count) {
        const double *later = rows + stride * order[place + ahead];
        for (size_t k = 0; k < numbers && k < 64; k += 8) __builtin_prefetch(later + k);
      }
    }
    // A line of each column at a time.
    if (now == few) {
      for (size_t k = 0; k < numbers; k++)
        for (size_t i = 0; i < few; i++) columns[k][begin + first + i] = row[i][k];
    } else {
      for (size_t k = 0; k < numbers; k++)
        for (size_t i = 0; i < now; i++) columns[k][begin + first + i] = row[i][k];
    }
  }
}

void thr_columns_to_rows(const double *const *columns, size_t numbers, size_t count, double *rows,
                         size_t stride) {
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < numbers; k++) rows[i * stride + k] = columns[k][i];
}

void thr_scatter(const double *numbers, const uint32_t *places, size_t count, double *column) {
  for (size_t i = 0; i < count; i++) column[places[i]] = numbers[i];
}
