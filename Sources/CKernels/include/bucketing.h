/// Passes over scores that count or find rows, at the speed of memory where they can.
///
/// A score's place is its position in the order of all doubles, ±0 being 0: see `ScoreBuckets`.
/// Labels are bytes of 0 and 1. Nothing here allocates.
#ifndef THR_BUCKETING_H
#define THR_BUCKETING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Rows that are looked at together.
enum { THR_BUCKETING_BLOCK = 128 };

/// How many tables of counts `thr_count_buckets` fills: neighbouring rows go to different ones.
enum { THR_BUCKETING_TABLES = 2 };

/// The least and the greatest of the scores so far, and how many are not a number.
typedef struct {
  double least, greatest;
  size_t undefined;
} thr_score_extent;

void thr_extend(const double *values, size_t count, thr_score_extent *extent);

/// Adds every row to its bucket: negatives at twice the bucket, positives after them. The tables
/// stand one after the other; the sum of all is the result.
///
/// All scores are within the buckets: place `top` and below, by `2^shift` places each.
void thr_count_buckets(const double *values, const uint8_t *labels, size_t count, uint64_t top,
                       uint32_t shift, uint32_t *tables, size_t buckets);

/// A whole number below 2^127, low half first.
typedef struct {
  uint64_t low, high;
} thr_wide;

/// Adds every row's weight, in units of 2^`unit_exponent` rounded down, to its bucket; as above, in
/// one table.
void thr_weigh_buckets(const double *values, const uint8_t *labels, const double *weights,
                       size_t count, uint64_t top, uint32_t shift, int64_t unit_exponent,
                       thr_wide *table);

/// How many bounds `thr_sections` compares with at most, and how many sections these make.
enum { THR_MOST_SECTIONS = 256 };

/// The section of every score, which is how many of the falling bounds are greater, and how many
/// scores each section has.
///
/// - Parameters:
///   - tree: `2^levels - 1` bounds in the order of a search from index 1 on, the children of `i` at
///     `2i` and `2i + 1`; at most 8 levels.
///   - counts: added to, one a section.
void thr_sections(const double *values, size_t count, const double *tree, uint32_t levels,
                  uint8_t *sections, uint64_t *counts);

/// Lists the rows with scores from `low` to `high`.
///
/// - Returns: how many there are; `rows` has room for `count`.
size_t thr_rows_within(const double *values, size_t count, double low, double high,
                       uint32_t *rows);

/// Counts the rows with scores of at least `threshold`, and the positives among them.
void thr_count_at_least(const double *values, const uint8_t *labels, size_t count,
                        double threshold, size_t *flagged, size_t *positives);

/// The greatest score below `threshold` and the least at or above it; infinite where there is none.
void thr_neighbours(const double *values, size_t count, double threshold, double *below,
                    double *above);

/// Ranks the rows of one class among the sorted scores of the other.
typedef struct {
  uint64_t top;
  uint32_t shift;
  /// The label of the rows that are ranked.
  uint8_t label;
  /// Where in `sorted` each bucket begins, and where the last ends.
  const uint32_t *starts;
  /// The scores of the other class, falling.
  const double *sorted;
} thr_ranking;

/// Adds up how many of the sorted scores are above each row's, and how many are equal to it.
///
/// - Parameter slots: counts the rows that have so many above them; one more than there are sorted
///   scores, or null.
void thr_rank_rows(const thr_ranking *ranking, const double *values, const uint8_t *labels,
                   size_t count, uint64_t *above, uint64_t *equal, uint32_t *slots);

#ifdef __cplusplus
}
#endif

#endif
