/// Sums over rows that a logistic regression needs, a block of rows at a time.
#ifndef THR_LOGISTIC_H
#define THR_LOGISTIC_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The rows of a full block.
#define THR_LOGISTIC_BLOCK 128

/// Features as they are seen: z = (x - centre) · factor.
typedef struct {
  /// The first row of each feature.
  const double *const *columns;
  const double *centres, *factors;
  size_t count;
} thr_logistic_features;

/// What the rows weigh and are.
typedef struct {
  const bool *labels;
  /// NULL where all rows weigh the same.
  const double *weights;
  /// What a row weighs beside that, by its class.
  double negative_weight, positive_weight;
} thr_logistic_truth;

/// What rows add up to; the arrays are the caller's.
typedef struct {
  /// Σ w·(p - y)·z of each feature, then Σ w·(p - y) for the intercept.
  double *gradient;
  /// Σ w·p·(1 - p)·z·zᵀ, the intercept's z being 1: the lower triangle of a matrix of
  /// `features.count` + 1 rows. NULL where it is not wanted.
  double *curvature;
  /// The largest |z| of each feature; kept only together with the curvature.
  double *extents;
  /// The lowest predictor of a positive row and the highest of a negative one, of those that weigh
  /// anything.
  double lowest_positive, highest_negative;
} thr_logistic_sums;

/// How many numbers the workspace of `thr_logistic_add` must hold.
size_t thr_logistic_workspace(size_t features);

/// Adds the rows `begin..<end` at a point: each feature's slope, then the intercept.
///
/// The workspace is aligned to 64 bytes. Rows are added up in blocks from `begin` on, so that the
/// same rows in the same calls give the same sums.
void thr_logistic_add(const thr_logistic_features *features, const thr_logistic_truth *truth,
                      const double *point, size_t begin, size_t end, double *workspace,
                      thr_logistic_sums *sums);

#ifdef __cplusplus
}
#endif

#endif
