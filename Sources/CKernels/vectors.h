// Vectors of eight numbers, for kernels that are compiled for several processors.
#ifndef THR_VECTORS_H
#define THR_VECTORS_H

#include <stddef.h>
#include <stdint.h>

// Vectors are passed between inlined functions only.
#pragma clang diagnostic ignored "-Wpsabi"

enum { lanes = 8 };

typedef double vector __attribute__((vector_size(64)));
typedef double unaligned_vector __attribute__((vector_size(64), aligned(8)));
typedef int64_t mask __attribute__((vector_size(64)));

#define INLINE static inline __attribute__((always_inline))

INLINE vector broadcast(double x) { return (vector){x, x, x, x, x, x, x, x}; }

INLINE vector load(const double *from) { return *(const vector *)from; }

INLINE vector load_any(const double *from) { return *(const unaligned_vector *)from; }

INLINE void store(double *to, vector v) { *(vector *)to = v; }

INLINE vector choose(mask condition, vector yes, vector no) {
  return (vector)(((mask)yes & condition) | ((mask)no & ~condition));
}

INLINE vector larger(vector a, vector b) { return choose(a > b, a, b); }

INLINE double total(vector v) {
  return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7]));
}

// Neighbouring lanes of two vectors added up.
#define PAIRS(a, b)                                              \
  (__builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14) +    \
   __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15))
#define PAIRS_OF_PAIRS(a, b)                                     \
  (__builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13) +     \
   __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15))

// The totals of four vectors, then of four more.
INLINE vector totals_of(const vector a[4], const vector b[4]) {
  vector first = PAIRS_OF_PAIRS(PAIRS(a[0], a[1]), PAIRS(a[2], a[3]));
  vector second = PAIRS_OF_PAIRS(PAIRS(b[0], b[1]), PAIRS(b[2], b[3]));
  return __builtin_shufflevector(first, second, 0, 1, 2, 3, 8, 9, 10, 11) +
         __builtin_shufflevector(first, second, 4, 5, 6, 7, 12, 13, 14, 15);
}

// exp(x) for x <= 0 to about one unit in the last place; what is below e^-708 counts as e^-708.
INLINE vector exp_of_negative(vector x) {
  x = choose(x < -708.0, broadcast(-708.0), x);
  const double shifter = 0x1.8p52;  // pushes the fraction out; the low bits are a whole number
  vector shifted = x * 0x1.71547652b82fep0 + shifter;
  vector whole = shifted - shifter;
  // ln 2 in two parts, the first with trailing zeros.
  vector r = x - whole * 0x1.62e42fefa3800p-1 - whole * 0x1.ef35793c76730p-45;
  // The Taylor polynomial: |r| <= ln 2 / 2, so that r^14 / 14! is below 1e-17.
  static const double terms[] = {1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880,
                                 1.0 / 40320,     1.0 / 5040,     1.0 / 720,     1.0 / 120,
                                 1.0 / 24,        1.0 / 6,        1.0 / 2,       1.0,
                                 1.0};
  vector sum = broadcast(1.0 / 6227020800);
#pragma clang loop unroll(full)
  for (size_t k = 0; k < sizeof terms / sizeof *terms; k++) sum = sum * r + terms[k];
  return (vector)((mask)sum + ((mask)shifted << 52));
}

#endif
