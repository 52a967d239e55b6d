#include "polar.h"

#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "clones.h"
#include "vectors.h"

// Bit for bit as NumPy: no operation is fused that is not written so.
#pragma STDC FP_CONTRACT OFF

enum { size = THR_TWISTER_SIZE, shift = 397 };

// MARK: - Twister

INLINE uint32_t twisted(uint32_t own, uint32_t next, uint32_t far) {
  uint32_t mixed = (own & 0x80000000u) | (next & 0x7fffffffu);
  return far ^ (mixed >> 1) ^ (-(mixed & 1) & 0x9908b0dfu);
}

INLINE uint32_t tempered(uint32_t word) {
  word ^= word >> 11;
  word ^= (word << 7) & 0x9d2c5680u;
  word ^= (word << 15) & 0xefc60000u;
  return word ^ (word >> 18);
}

THR_CLONES
void thr_twister_advance(uint32_t *key, uint32_t *outputs) {
  // Each word is made of later ones, or of ones at least 227 before it: no vector is that long.
#pragma clang loop vectorize(assume_safety)
  for (size_t i = 0; i < size - shift; i++) key[i] = twisted(key[i], key[i + 1], key[i + shift]);
#pragma clang loop vectorize(assume_safety)
  for (size_t i = size - shift; i < size - 1; i++)
    key[i] = twisted(key[i], key[i + 1], key[i + shift - size]);
  key[size - 1] = twisted(key[size - 1], key[0], key[shift - 1]);
  for (size_t i = 0; i < size; i++) outputs[i] = tempered(key[i]);
}

// MARK: - Points

// 2 · double - 1 of two words, which is exact in any order of operations.
INLINE double coordinate(uint32_t high, uint32_t low) {
  return (double)(int32_t)(high >> 5) * 0x1p-26 - 1 + (double)(int32_t)(low >> 6) * 0x1p-52;
}

THR_CLONES
static void add_points(const uint32_t *words, size_t tries, thr_polar_points *points) {
  enum { some = 64 };
  double x[some], y[some], squares[some];
  size_t count = points->count;
  for (size_t first = 0; first < tries; first += some) {
    size_t now = tries - first < some ? tries - first : some;
    const uint32_t *four = words + 4 * first;
    for (size_t i = 0; i < now; i++) {
      x[i] = coordinate(four[4 * i], four[4 * i + 1]);
      y[i] = coordinate(four[4 * i + 2], four[4 * i + 3]);
      squares[i] = x[i] * x[i] + y[i] * y[i];
    }
    // No branch: a quarter of the points lies outside.
    for (size_t i = 0; i < now; i++) {
      points->x[count] = x[i], points->y[count] = y[i], points->squares[count] = squares[i];
      count += squares[i] < 1 && squares[i] != 0;
    }
  }
  points->count = count;
}

void thr_polar_draw(uint32_t *key, uint32_t *outputs, size_t *position, thr_polar_points *points) {
  uint32_t words[(THR_POLAR_BLOCKS + 1) * size];
  size_t count = size - *position;
  memcpy(words, outputs + *position, count * sizeof *words);
  for (size_t block = 0; block < THR_POLAR_BLOCKS; block++, count += size)
    thr_twister_advance(key, words + count);
  memcpy(outputs, words + count - size, size * sizeof *words);
  *position = size - count % 4;
  points->count = 0;
  add_points(words, count / 4, points);
}

// MARK: - Logarithms

// Some logarithms of numbers below 1, in steps of so many.
enum { step = 128 };

// Vectors are worth their while only with the fused operation, and can give the library's bits only
// where those are known to lie within 0.52 units in the last place.
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 28)
#define THR_VECTOR_LOGARITHMS

// For each of 128 intervals from 11/16 on: 1 / c for a c within, and log(c) in two parts, of which
// the first is a multiple of 2^-42, as the first part of ln 2 is.
static struct {
  double inverse[128], high[128], low[128];
} table;

static void fill_table(void) {
  for (size_t i = 0; i < 128; i++) {
    double from = i < 80 ? 0.6875 + 0x1p-8 * (double)i : 1 + 0x1p-7 * (double)(i - 80);
    double centre = i < 80 ? from + 0x1p-9 : from + 0x1p-8;
    // Near 1 the logarithm is as small as what is left of the number.
    table.inverse[i] = i == 79 ? 1 : 1 / centre;
    long double whole = -logl((long double)table.inverse[i]);
    table.high[i] = nearbyint((double)whole * 0x1p42) * 0x1p-42;
    table.low[i] = (double)(whole - (long double)table.high[i]);
  }
}

// log(x) = k ln 2 + log(c) + log(x / 2^k / c) with an error far below that of one rounding, then
// rounded. Marks those that lie so near the middle of two numbers that the library, which errs by
// up to 0.52 units in the last place, may have chosen the other.
INLINE void add_logarithms(const double *squares, double *logarithms, bool *doubtful) {
#pragma clang loop vectorize_width(8)
  for (size_t i = 0; i < step; i++) {
    uint64_t bits;
    memcpy(&bits, squares + i, sizeof bits);
    uint64_t above = bits - 0x3fe6000000000000;
    size_t place = (above >> 45) & 127;
    double k = (double)((int64_t)above >> 52), m;
    bits -= above & 0xfff0000000000000;
    memcpy(&m, &bits, sizeof m);

    // m / c = 1 + r + rest exactly.
    double product = m * table.inverse[place];
    double rest = __builtin_fma(m, table.inverse[place], -product);
    double r = product - 1, square = r * r;
    double whole = k * 0x1.62e42fefa3800p-1 + table.high[place];
    double first = whole + r, left = (whole - first) + r;
    double half = -0.5 * square;
    double high = first + half;
    left += (first - high) + half;
    double tail = -1.0 / 8;
    tail = __builtin_fma(tail, r, 1.0 / 7);
    tail = __builtin_fma(tail, r, -1.0 / 6);
    tail = __builtin_fma(tail, r, 1.0 / 5);
    tail = __builtin_fma(tail, r, -1.0 / 4);
    tail = __builtin_fma(tail, r, 1.0 / 3);
    left += __builtin_fma(k, 0x1.ef35793c76730p-45, table.low[place]);
    left += __builtin_fma(-r, rest, rest);
    left = __builtin_fma(square * r, tail, left);
    double rounded = high + left;
    double doubt = rounded * (0.025 * 0x1p-52);
    logarithms[i] = rounded;
    doubtful[i] = (high + (left - doubt) != rounded) | (high + (left + doubt) != rounded);
  }
}
#endif

// MARK: - Normals

// Both normals of a step's points, of which the last may be any numbers.
INLINE void add_normals(const double *x, const double *y, const double *squares,
                        const double *logarithms, double *normals) {
  for (size_t i = 0; i < step; i += lanes) {
    vector factor =
        __builtin_elementwise_sqrt(-2 * load_any(logarithms + i) / load_any(squares + i));
    vector first = factor * load_any(y + i), second = factor * load_any(x + i);
    *(unaligned_vector *)(normals + 2 * i) =
        __builtin_shufflevector(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
    *(unaligned_vector *)(normals + 2 * i + lanes) =
        __builtin_shufflevector(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
  }
}

INLINE void all_normals(const thr_polar_points *points, double *normals, bool by_vectors) {
  for (size_t first = 0; first < points->count; first += step) {
    const double *squares = points->squares + first;
    size_t count = points->count - first < step ? points->count - first : step;
    double logarithms[step];
    bool doubtful[step];
#ifdef THR_VECTOR_LOGARITHMS
    if (by_vectors) add_logarithms(squares, logarithms, doubtful);
#endif
    for (size_t i = 0; i < count; i++)
      if (!by_vectors || doubtful[i]) logarithms[i] = log(squares[i]);
    add_normals(points->x + first, points->y + first, squares, logarithms, normals + 2 * first);
  }
}

static void normals_by_library(const thr_polar_points *points, double *normals) {
  all_normals(points, normals, false);
}

#if defined(THR_VECTOR_LOGARITHMS) && defined(THR_WIDE)
THR_WIDE
static void normals_wide(const thr_polar_points *points, double *normals) {
  all_normals(points, normals, true);
}

THR_FUSED
static void normals_fused(const thr_polar_points *points, double *normals) {
  all_normals(points, normals, true);
}
#endif

void thr_polar_normals(const thr_polar_points *points, double *normals) {
#if defined(THR_VECTOR_LOGARITHMS) && defined(THR_WIDE)
  static pthread_once_t filled = PTHREAD_ONCE_INIT;
  if (thr_is_fused()) {
    pthread_once(&filled, fill_table);
    (thr_is_wide() ? normals_wide : normals_fused)(points, normals);
    return;
  }
#endif
  normals_by_library(points, normals);
}
