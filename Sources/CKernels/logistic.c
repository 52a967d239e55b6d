#include "logistic.h"

#include <string.h>

#include "clones.h"
#include "vectors.h"

enum { block = THR_LOGISTIC_BLOCK, tile = 4, panel = 4 * tile };

// Memory for one block: the z of each feature and the ones of the intercept, made up to a multiple
// of `tile` columns; then a number for each row. Without the curvature, columns hold raw values,
// and of a block that is not full only.
typedef struct {
  double *columns, *predictor, *residuals, *roots;
} workspace;

static size_t columns_of(size_t features) { return (features + tile) / tile * tile; }

size_t thr_logistic_workspace(size_t features) { return (columns_of(features) + 3) * block; }

static workspace divided(double *memory, size_t features) {
  double *rows = memory + columns_of(features) * block;
  return (workspace){memory, rows, rows + block, rows + 2 * block};
}

INLINE void standardise(const double *values, size_t count, double centre, double factor,
                        double slope, double *column, double *predictor, double *extent) {
  if (count == block) {
    for (size_t i = 0; i < block; i += lanes) {
      // The next block comes while this one is multiplied.
      __builtin_prefetch(values + i + block);
      store(column + i, (load_any(values + i) - centre) * factor);
    }
  } else {
    for (size_t i = 0; i < count; i++) column[i] = (values[i] - centre) * factor;
    for (size_t i = count; i < block; i++) column[i] = 0;
  }
  vector extents = broadcast(*extent);
  for (size_t i = 0; i < block; i += lanes) {
    vector z = load(column + i);
    extents = larger(choose(z < 0, -z, z), extents);
    store(predictor + i, load(predictor + i) + z * slope);
  }
  for (size_t lane = 0; lane < lanes; lane++)
    if (extents[lane] > *extent) *extent = extents[lane];
}

// Adds slope · z to the predictors of a full block without keeping z.
INLINE void predict(const double *const *columns, const double *centres, const double *factors,
                    const double *slopes, size_t features, size_t begin, double *predictor) {
  for (size_t j = 0; j < features; j++) {
    const double *values = columns[j] + begin;
    for (size_t i = 0; i < block; i += lanes) {
      __builtin_prefetch(values + i + block);
      vector z = (load_any(values + i) - centres[j]) * factors[j];
      store(predictor + i, load(predictor + i) + z * slopes[j]);
    }
  }
}

INLINE void judge(const thr_logistic_truth *truth, size_t begin, size_t count, workspace space,
                  thr_logistic_sums *sums) {
  double *residuals = space.residuals, *roots = space.roots;
  const bool *labels = truth->labels + begin;
  // The two arrays hold the rows' signs and weights at first.
  for (size_t i = 0; i < count; i++) {
    residuals[i] = labels[i] ? -1 : 1;
    roots[i] = labels[i] ? truth->positive_weight : truth->negative_weight;
  }
  if (truth->weights)
    for (size_t i = 0; i < count; i++) roots[i] *= truth->weights[begin + i];
  for (size_t i = count; i < block; i++) residuals[i] = 1, roots[i] = 0;

  vector lowest = broadcast(sums->lowest_positive), highest = broadcast(sums->highest_negative);
  for (size_t i = 0; i < block; i += lanes) {
    vector eta = load(space.predictor + i), sign = load(residuals + i), weight = load(roots + i);
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
    if (lowest[lane] < sums->lowest_positive) sums->lowest_positive = lowest[lane];
    if (highest[lane] > sums->highest_negative) sums->highest_negative = highest[lane];
  }
}

// The residuals times each column as given, and their sum.
INLINE void add_gradient(const double *const *columns, const double *centres,
                         const double *factors, size_t features, size_t begin,
                         const double *residuals, double *gradient) {
  for (size_t j = 0; j <= features; j++) {
    vector even = broadcast(0), odd = broadcast(0);
    if (j < features) {
      const double *values = columns[j] + begin;
      for (size_t i = 0; i < block; i += 2 * lanes) {
        even += (load_any(values + i) - centres[j]) * factors[j] * load(residuals + i);
        odd += (load_any(values + i + lanes) - centres[j]) * factors[j] * load(residuals + i + lanes);
      }
    } else {
      for (size_t i = 0; i < block; i += lanes) even += load(residuals + i);
    }
    gradient[j] += total(even + odd);
  }
}

// The residuals times each column of z, which is then scaled by the roots.
INLINE void add_gradient_and_scale(size_t features, workspace space, double *gradient) {
  for (size_t j = 0; j <= features; j++) {
    double *column = space.columns + j * block;
    vector even = broadcast(0), odd = broadcast(0);
    for (size_t i = 0; i < block; i += 2 * lanes) {
      vector first = load(column + i), second = load(column + i + lanes);
      even += first * load(space.residuals + i);
      odd += second * load(space.residuals + i + lanes);
      store(column + i, first * load(space.roots + i));
      store(column + i + lanes, second * load(space.roots + i + lanes));
    }
    gradient[j] += total(even + odd);
  }
}

// MARK: - Curvature

// The products of a few columns with a few others, kept in registers down the whole block.
INLINE void add_products(const double *left, const double *right, size_t rows, size_t columns,
                         vector sums[tile][tile]) {
  for (size_t i = 0; i < block; i += lanes)
#pragma clang loop unroll(full)
    for (size_t a = 0; a < rows; a++) {
      vector l = load(left + a * block + i);
#pragma clang loop unroll(full)
      for (size_t b = 0; b < columns; b++) sums[a][b] += l * load(right + b * block + i);
    }
}

INLINE void add_tile(const double *columns, size_t row, size_t column, size_t size, bool wide,
                     double *curvature) {
  vector sums[tile][tile];
#pragma clang loop unroll(full)
  for (size_t a = 0; a < tile; a++)
#pragma clang loop unroll(full)
    for (size_t b = 0; b < tile; b++) sums[a][b] = broadcast(0);
  const double *left = columns + row * block, *right = columns + column * block;
  if (wide) {
    add_products(left, right, tile, tile, sums);
  } else {
    // Sixteen registers hold the sums of two by two.
    for (size_t a = 0; a < tile; a += 2)
      for (size_t b = 0; b < tile; b += 2) {
        vector part[tile][tile] = {{broadcast(0), broadcast(0)}, {broadcast(0), broadcast(0)}};
        add_products(left + a * block, right + b * block, 2, 2, part);
        sums[a][b] = part[0][0], sums[a][b + 1] = part[0][1];
        sums[a + 1][b] = part[1][0], sums[a + 1][b + 1] = part[1][1];
      }
  }
  vector totals[2] = {totals_of(sums[0], sums[1]), totals_of(sums[2], sums[3])};
  for (size_t a = 0; a < tile && row + a < size; a++)
    for (size_t b = 0; b < tile && column + b <= row + a; b++)
      curvature[(row + a) * size + column + b] += totals[a / 2][a % 2 * tile + b];
}

// A panel of rows stays in the nearest cache while the columns go by.
INLINE void add_curvature(size_t size, const double *columns, bool wide, double *curvature) {
  for (size_t first = 0; first < size; first += panel)
    for (size_t column = 0; column < first + panel && column < size; column += tile) {
      size_t row = column > first ? column : first;
      for (; row < first + panel && row < size; row += tile)
        add_tile(columns, row, column, size, wide, curvature);
    }
}

// MARK: - Blocks

INLINE void add_block(const thr_logistic_features *features, const thr_logistic_truth *truth,
                      const double *point, size_t begin, size_t count, workspace space,
                      bool wide, thr_logistic_sums *sums) {
  size_t size = features->count + 1;
  for (size_t j = 0; j < features->count; j++)
    standardise(features->columns[j] + begin, count, features->centres[j], features->factors[j],
                point[j], space.columns + j * block, space.predictor, sums->extents + j);
  for (size_t i = 0; i < block; i++) space.columns[features->count * block + i] = 1;
  judge(truth, begin, count, space, sums);
  add_gradient_and_scale(features->count, space, sums->gradient);
  add_curvature(size, space.columns, wide, sums->curvature);
}

// Without the curvature; a block that is not full is filled up with centres, where z is 0.
INLINE void add_slopes(const thr_logistic_features *features, const thr_logistic_truth *truth,
                       const double *point, size_t begin, size_t count, workspace space,
                       thr_logistic_sums *sums) {
  const double *const *columns = features->columns;
  const double *copies[count == block ? 1 : features->count + 1];
  size_t first = begin;
  if (count < block) {
    for (size_t j = 0; j < features->count; j++) {
      double *copy = space.columns + j * block;
      memcpy(copy, columns[j] + begin, count * sizeof *copy);
      for (size_t i = count; i < block; i++) copy[i] = features->centres[j];
      copies[j] = copy;
    }
    columns = copies, first = 0;
  }
  predict(columns, features->centres, features->factors, point, features->count, first,
          space.predictor);
  judge(truth, begin, count, space, sums);
  add_gradient(columns, features->centres, features->factors, features->count, first,
               space.residuals, sums->gradient);
}

// All that a call of `thr_logistic_add` is about.
typedef struct {
  const thr_logistic_features *features;
  const thr_logistic_truth *truth;
  const double *point;
  size_t begin, end;
  double *memory;
  thr_logistic_sums *sums;
} task;

INLINE void add(task t, bool wide) {
  workspace space = divided(t.memory, t.features->count);
  for (size_t first = t.begin; first < t.end; first += block) {
    size_t count = t.end - first < block ? t.end - first : block;
    for (size_t i = 0; i < block; i++) space.predictor[i] = t.point[t.features->count];
    if (t.sums->curvature)
      add_block(t.features, t.truth, t.point, first, count, space, wide, t.sums);
    else
      add_slopes(t.features, t.truth, t.point, first, count, space, t.sums);
  }
}

THR_CLONES
static void add_narrow(task t) { add(t, false); }

#ifdef THR_WIDE
THR_WIDE
static void add_wide(task t) { add(t, true); }
#endif

void thr_logistic_add(const thr_logistic_features *features, const thr_logistic_truth *truth,
                      const double *point, size_t begin, size_t end, double *memory,
                      thr_logistic_sums *sums) {
  task t = {features, truth, point, begin, end, memory, sums};
#ifdef THR_WIDE
  if (thr_is_wide()) {
    add_wide(t);
    return;
  }
#endif
  add_narrow(t);
}
