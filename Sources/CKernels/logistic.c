#include "logistic.h"

#include <stdint.h>

#include "clones.h"

// Vectors are passed between inlined functions only.
#pragma clang diagnostic ignored "-Wpsabi"

enum { lanes = 8, block = THR_LOGISTIC_BLOCK, tile_rows = 4, tile_columns = 2 };

typedef double vector __attribute__((vector_size(64)));
typedef int64_t mask __attribute__((vector_size(64)));

#define INLINE static inline __attribute__((always_inline))

INLINE vector broadcast(double x) { return (vector){x, x, x, x, x, x, x, x}; }

INLINE vector load(const double *from) { return *(const vector *)from; }

INLINE void store(double *to, vector v) { *(vector *)to = v; }

INLINE vector choose(mask condition, vector yes, vector no) {
  return (vector)(((mask)yes & condition) | ((mask)no & ~condition));
}

INLINE double total(vector v) {
  return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7]));
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

size_t thr_logistic_columns(size_t features) {
  return (features + 1 + tile_rows - 1) / tile_rows * tile_rows;
}

THR_CLONES
double thr_logistic_standardise(const double *values, size_t count, double centre, double factor,
                                double slope, double *column, double *predictor, double extent) {
  vector extents = broadcast(extent);
  for (size_t i = 0; i < count; i++) column[i] = (values[i] - centre) * factor;
  for (size_t i = count; i < block; i++) column[i] = 0;
  for (size_t i = 0; i < block; i += lanes) {
    vector z = load(column + i);
    vector magnitude = choose(z < 0, -z, z);
    extents = choose(magnitude > extents, magnitude, extents);
    store(predictor + i, load(predictor + i) + z * slope);
  }
  for (size_t lane = 0; lane < lanes; lane++)
    if (extents[lane] > extent) extent = extents[lane];
  return extent;
}

THR_CLONES
void thr_logistic_judge(const thr_logistic_truth *truth, size_t count, const double *predictor,
                        double *residuals, double *roots, thr_logistic_gap *gap) {
  // The two arrays hold the rows' signs and weights at first.
  for (size_t i = 0; i < count; i++) {
    residuals[i] = truth->labels[i] ? -1 : 1;
    roots[i] = truth->labels[i] ? truth->positive_weight : truth->negative_weight;
  }
  if (truth->weights)
    for (size_t i = 0; i < count; i++) roots[i] *= truth->weights[i];
  for (size_t i = count; i < block; i++) residuals[i] = 1, roots[i] = 0;

  vector lowest = broadcast(gap->lowest_positive), highest = broadcast(gap->highest_negative);
  for (size_t i = 0; i < block; i += lanes) {
    vector eta = load(predictor + i), sign = load(residuals + i), weight = load(roots + i);
    // How far the row lies on the wrong side: taken so, both tails keep their precision.
    vector miss = sign * eta;
    vector decay = exp_of_negative(choose(miss < 0, miss, -miss));
    vector inverse = 1 / (1 + decay);
    vector probability = choose(miss < 0, decay * inverse, inverse);
    store(residuals + i, sign * weight * probability);
    store(roots + i, __builtin_elementwise_sqrt(weight * decay) * inverse);
    mask counts = weight > 0;
    lowest = choose(counts & (sign < 0) & (eta < lowest), eta, lowest);
    highest = choose(counts & (sign > 0) & (eta > highest), eta, highest);
  }
  for (size_t lane = 0; lane < lanes; lane++) {
    if (lowest[lane] < gap->lowest_positive) gap->lowest_positive = lowest[lane];
    if (highest[lane] > gap->highest_negative) gap->highest_negative = highest[lane];
  }
}

THR_CLONES
void thr_logistic_add_gradient(size_t features, const double *columns, const double *residuals,
                               double *gradient) {
  for (size_t j = 0; j <= features; j++) {
    const double *column = columns + j * block;
    vector even = broadcast(0), odd = broadcast(0);
    for (size_t i = 0; i < block; i += 2 * lanes) {
      even += load(column + i) * load(residuals + i);
      odd += load(column + i + lanes) * load(residuals + i + lanes);
    }
    gradient[j] += total(even + odd);
  }
}

// The products of a few columns with a few others, kept in registers down the whole block.
INLINE void add_tile(const double *left, const double *right, vector sums[tile_rows][2]) {
  for (size_t i = 0; i < block; i += lanes) {
    vector first = load(right + i), second = load(right + block + i);
#pragma clang loop unroll(full)
    for (size_t a = 0; a < tile_rows; a++) {
      vector l = load(left + a * block + i);
      sums[a][0] += l * first;
      sums[a][1] += l * second;
    }
  }
}

THR_CLONES
void thr_logistic_add_curvature(size_t features, double *columns, const double *roots,
                                double *curvature) {
  size_t size = features + 1;
  for (size_t j = 0; j < size; j++)
    for (size_t i = 0; i < block; i += lanes)
      store(columns + j * block + i, load(columns + j * block + i) * load(roots + i));
  for (size_t row = 0; row < size; row += tile_rows)
    for (size_t column = 0; column < row + tile_rows; column += tile_columns) {
      vector sums[tile_rows][2];
      for (size_t a = 0; a < tile_rows; a++) sums[a][0] = sums[a][1] = broadcast(0);
      add_tile(columns + row * block, columns + column * block, sums);
      for (size_t a = 0; a < tile_rows && row + a < size; a++)
        for (size_t b = 0; b < tile_columns && column + b <= row + a; b++)
          curvature[(row + a) * size + column + b] += total(sums[a][b]);
    }
}
