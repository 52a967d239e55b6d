#include "fast_normals.h"

#include <stdbool.h>
#include <string.h>

#include "clones.h"
#include "vectors.h"

// The same bits everywhere: the compiler must not fuse operations.
#pragma STDC FP_CONTRACT OFF

typedef uint64_t words __attribute__((vector_size(64)));

// MARK: - Words

INLINE words rotated(words w, int by) { return (w << by) | (w >> (64 - by)); }

INLINE words next(words state[4]) {
  words result = rotated(state[0] + state[3], 23) + state[0];
  words shifted = state[1] << 17;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= shifted;
  state[3] = rotated(state[3], 45);
  return result;
}

// MARK: - Functions

// The middles of 2^52 equal parts of 0..<1, by a word's first 52 bits, less 0 or 1/2: exactly.
INLINE vector middle(words w, double less) {
  return ((vector)((w >> 12) | 0x3ff0000000000000) - (1 + less)) + 0x1p-53;
}

// A polynomial of so many factors, that of the highest power first.
INLINE vector polynomial(vector x, const double *factors, size_t count) {
  vector sum = broadcast(factors[0]);
#pragma clang loop unroll(full)
  for (size_t k = 1; k < count; k++) sum = sum * x + factors[k];
  return sum;
}

// log(x) for 0 < x < 1: x = 2^k m with m between the roots of 1/2 and 2, and with s = (m - 1) /
// (m + 1) log(m) = 2 (s + s^3 / 3 + s^5 / 5 …), of which s^23 / 23 is below 2^-61.
INLINE vector logarithm(vector x) {
  words bits = (words)x;
  // 1 and the bits from the root of 1/2 on.
  words exponent = (bits + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd)) >> 52;
  vector k = (vector)(exponent | 0x4330000000000000) - (0x1p52 + 1023);
  vector m = (vector)(bits - ((exponent - 1023) << 52));
  vector s = (m - 1) / (m + 1), square = s * s;
  static const double factors[] = {2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13,
                                   2.0 / 11, 2.0 / 9,  2.0 / 7,  2.0 / 5,  2.0 / 3};
  vector tail = s * square * polynomial(square, factors, sizeof factors / sizeof *factors);
  return k * 0x1.62e42fefa3800p-1 + (2 * s + (tail + k * 0x1.ef35793c76730p-45));
}

// Taylor's series to a quarter of pi; what is left out is below 2^-60.
INLINE vector sine(vector a, vector square) {
  static const double factors[] = {1.0 / 355687428096000, -1.0 / 1307674368000, 1.0 / 6227020800,
                                   -1.0 / 39916800,       1.0 / 362880,         -1.0 / 5040,
                                   1.0 / 120,             -1.0 / 6};
  return a + a * square * polynomial(square, factors, sizeof factors / sizeof *factors);
}

INLINE vector cosine(vector square) {
  static const double factors[] = {1.0 / 20922789888000, -1.0 / 87178291200, 1.0 / 479001600,
                                   -1.0 / 3628800,       1.0 / 40320,        -1.0 / 720,
                                   1.0 / 24};
  return 1 - (0.5 * square - square * square * polynomial(square, factors, sizeof factors / sizeof *factors));
}

// MARK: - Draws

INLINE void draw(thr_lanes *lanes, size_t steps, uint64_t *plain, double *normals) {
  words state[4];
  memcpy(state, lanes->words, sizeof state);
  for (size_t step = 0; step < steps; step++) {
    words first = next(state);
    if (plain) {
      memcpy(plain + 8 * step, &first, sizeof first);
      continue;
    }
    words second = next(state);
    vector radius = __builtin_elementwise_sqrt(-2 * logarithm(middle(first, 0)));
    // A quarter of a turn round the first axis; two bits turn it to any of the four.
    vector angle = middle(second, 0.5) * 0x1.921fb54442d18p0, square = angle * angle;
    vector ahead = (vector)((words)cosine(square) ^ (second << 63)), aside = sine(angle, square);
    mask swaps = -(mask)((second >> 1) & 1);
    vector both[2] = {radius * choose(swaps, aside, ahead), radius * choose(swaps, ahead, aside)};
    memcpy(normals + step * THR_NORMALS_STEP, both, sizeof both);
  }
  memcpy(lanes->words, state, sizeof state);
}

THR_CLONES
void thr_lanes_words(thr_lanes *lanes, size_t steps, uint64_t *words) {
  draw(lanes, steps, words, NULL);
}

THR_CLONES
static void normals_narrow(thr_lanes *lanes, size_t steps, double *normals) {
  draw(lanes, steps, NULL, normals);
}

#ifdef THR_WIDE
THR_WIDE
static void normals_wide(thr_lanes *lanes, size_t steps, double *normals) {
  draw(lanes, steps, NULL, normals);
}
#endif

void thr_lanes_normals(thr_lanes *lanes, size_t steps, double *normals) {
#ifdef THR_WIDE
  if (thr_is_wide()) {
    normals_wide(lanes, steps, normals);
    return;
  }
#endif
  normals_narrow(lanes, steps, normals);
}
