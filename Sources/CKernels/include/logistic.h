/// Sums over rows that a logistic regression needs, a block of rows at a time.
///
/// A block lies in a workspace of the caller, aligned to 64 bytes: a column of each feature, then
/// of the intercept (ones), then as many as make the number of columns a multiple of four. Every
/// column and every array of rows has room for THR_LOGISTIC_BLOCK numbers.
#ifndef THR_LOGISTIC_H
#define THR_LOGISTIC_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The rows of a full block.
#define THR_LOGISTIC_BLOCK 256

/// The columns of a block of so many features, intercept and padding included.
size_t thr_logistic_columns(size_t features);

/// One feature's values as z = (x - centre) · factor into its column, zeros after the last; adds
/// slope · z to each row's predictor. Returns the largest |z|, or `extent` if that is larger.
double thr_logistic_standardise(const double *values, size_t count, double centre, double factor,
                                double slope, double *column, double *predictor, double extent);

/// What the rows of a block weigh and are.
typedef struct {
  const bool *labels;
  /// NULL where all rows weigh the same.
  const double *weights;
  /// What a row weighs beside that, by its class.
  double negative_weight, positive_weight;
} thr_logistic_truth;

/// The lowest predictor of a positive row and the highest of a negative one.
typedef struct {
  double lowest_positive, highest_negative;
} thr_logistic_gap;

/// From the predictors of `count` rows: each row's residual w·(p - y), and the root of its
/// curvature w·p·(1 - p); zeros after the last. Widens the gap by the rows with a weight.
void thr_logistic_judge(const thr_logistic_truth *truth, size_t count, const double *predictor,
                        double *residuals, double *roots, thr_logistic_gap *gap);

/// Adds each column times the residuals, the intercept's last.
void thr_logistic_add_gradient(size_t features, const double *columns, const double *residuals,
                               double *gradient);

/// Scales each column by the roots and adds the products of every two: the lower triangle of a
/// matrix of `features` + 1 rows.
void thr_logistic_add_curvature(size_t features, double *columns, const double *roots,
                                double *curvature);

#ifdef __cplusplus
}
#endif

#endif
