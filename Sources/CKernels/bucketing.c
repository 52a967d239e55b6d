#include "bucketing.h"

#include <math.h>
#include <string.h>

#include "clones.h"
#include "vectors.h"

enum { block = THR_BUCKETING_BLOCK };

INLINE uint64_t place(double score) {
  double positive_zero = score + 0.0;
  uint64_t bits;
  memcpy(&bits, &positive_zero, sizeof bits);
  // A sign bit turns the order of what follows around.
  return bits ^ ((uint64_t)((int64_t)bits >> 63) | (uint64_t)1 << 63);
}

THR_CLONES
void thr_extend(const double *values, size_t count, thr_score_extent *extent) {
  // Several of each, so that no comparison waits for the one before.
  enum { together = 4 };
  vector low[together], high[together];
  mask undefined[together];
  for (int part = 0; part < together; part++) {
    low[part] = broadcast(extent->least), high[part] = broadcast(extent->greatest);
    undefined[part] = (mask){0};
  }
  size_t row = 0;
  for (; row + together * lanes <= count; row += together * lanes)
    for (int part = 0; part < together; part++) {
      vector value = load_any(values + row + part * lanes);
      low[part] = choose(value < low[part], value, low[part]);
      high[part] = choose(value > high[part], value, high[part]);
      undefined[part] -= value != value;
    }
  for (int part = 0; part < together; part++)
    for (int lane = 0; lane < lanes; lane++) {
      if (low[part][lane] < extent->least) extent->least = low[part][lane];
      if (high[part][lane] > extent->greatest) extent->greatest = high[part][lane];
      extent->undefined += (size_t)undefined[part][lane];
    }
  for (; row < count; row++) {
    if (values[row] < extent->least) extent->least = values[row];
    if (values[row] > extent->greatest) extent->greatest = values[row];
    extent->undefined += values[row] != values[row];
  }
}

// Where each row of a block is counted.
INLINE void slots(const double *values, const uint8_t *labels, size_t count, uint64_t top,
                  uint32_t shift, uint32_t *slot) {
  for (size_t row = 0; row < count; row++)
    slot[row] = (uint32_t)((top - place(values[row])) >> shift) << 1 | labels[row];
}

THR_CLONES
void thr_count_buckets(const double *values, const uint8_t *labels, size_t count, uint64_t top,
                       uint32_t shift, uint32_t *tables, size_t buckets) {
  uint32_t slot[block];
  uint32_t *one = tables, *other = tables + 2 * buckets;
  size_t start = 0;
  for (; start + block <= count; start += block) {
    slots(values + start, labels + start, block, top, shift, slot);
    for (size_t row = 0; row < block; row += 2) {
      one[slot[row]]++;
      other[slot[row + 1]]++;
    }
  }
  slots(values + start, labels + start, count - start, top, shift, slot);
  for (size_t row = 0; row < count - start; row++) one[slot[row]]++;
}

INLINE unsigned __int128 units(double weight, int64_t unit_exponent) {
  uint64_t bits;
  memcpy(&bits, &weight, sizeof bits);
  int64_t exponent = (int64_t)(bits >> 52);
  // Zero and what is far below any unit.
  if (exponent == 0) return 0;
  unsigned __int128 significand = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
  int64_t shift = exponent - 1023 - 52 - unit_exponent;
  if (shift >= 0) return shift < 128 ? significand << shift : 0;
  return shift > -64 ? significand >> -shift : 0;
}

THR_CLONES
void thr_weigh_buckets(const double *values, const uint8_t *labels, const double *weights,
                       size_t count, uint64_t top, uint32_t shift, int64_t unit_exponent,
                       thr_wide *table) {
  uint32_t slot[block];
  for (size_t start = 0; start < count; start += block) {
    size_t rows = count - start < block ? count - start : block;
    slots(values + start, labels + start, rows, top, shift, slot);
    for (size_t row = 0; row < rows; row++) {
      thr_wide *sum = table + slot[row];
      unsigned __int128 total = ((unsigned __int128)sum->high << 64 | sum->low) +
                                units(weights[start + row], unit_exponent);
      sum->low = (uint64_t)total;
      sum->high = (uint64_t)(total >> 64);
    }
  }
}

// Descends the tree with many scores at once: no branch depends on a score, which may be as random as
// a coin.
INLINE void descend(const double *values, size_t count, const double *tree, uint32_t levels,
                    uint32_t *node) {
  for (size_t row = 0; row < count; row++) node[row] = 1;
  for (uint32_t level = 0; level < levels; level++)
    for (size_t row = 0; row < count; row++)
      node[row] = 2 * node[row] + (values[row] < tree[node[row]]);
}

THR_CLONES
void thr_sections(const double *values, size_t count, const double *tree, uint32_t levels,
                  uint8_t *sections, uint64_t *counts) {
  enum { together = 32 };
  uint32_t node[together];
  // Neighbours count in different tables: one need not wait for the other's sum.
  uint32_t tables[4][THR_MOST_SECTIONS] = {{0}};
  uint32_t first = (uint32_t)1 << levels;
  for (size_t start = 0; start < count; start += together) {
    size_t rows = count - start < together ? count - start : together;
    if (rows == together)
      descend(values + start, together, tree, levels, node);
    else
      descend(values + start, rows, tree, levels, node);
    for (size_t row = 0; row < rows; row++) {
      uint32_t section = node[row] - first;
      sections[start + row] = (uint8_t)section;
      tables[row & 3][section]++;
    }
  }
  for (int table = 0; table < 4; table++)
    for (uint32_t section = 0; section < first; section++)
      counts[section] += tables[table][section];
}

THR_CLONES
size_t thr_rows_within(const double *values, size_t count, double low, double high,
                       uint32_t *rows) {
  size_t found = 0;
  for (size_t start = 0; start < count; start += block) {
    size_t length = count - start < block ? count - start : block;
    const double *part = values + start;
    uint64_t within = 0;
    for (size_t row = 0; row < length; row++)
      within += (part[row] >= low) & (part[row] <= high);
    if (within == 0) continue;
    for (size_t row = 0; row < length; row++) {
      rows[found] = (uint32_t)(start + row);
      found += (part[row] >= low) & (part[row] <= high);
    }
  }
  return found;
}

THR_CLONES
void thr_count_at_least(const double *values, const uint8_t *labels, size_t count,
                        double threshold, size_t *flagged, size_t *positives) {
  uint64_t all = 0, hits = 0;
  for (size_t row = 0; row < count; row++) {
    uint64_t flag = values[row] >= threshold;
    all += flag;
    hits += flag & labels[row];
  }
  *flagged += all;
  *positives += hits;
}

THR_CLONES
void thr_neighbours(const double *values, size_t count, double threshold, double *below,
                    double *above) {
  double low[8], high[8];
  for (int lane = 0; lane < 8; lane++) low[lane] = *below, high[lane] = *above;
  size_t row = 0;
  for (; row + 8 <= count; row += 8)
    for (int lane = 0; lane < 8; lane++) {
      double value = values[row + lane];
      double under = value < threshold ? value : -INFINITY;
      double over = value < threshold ? INFINITY : value;
      low[lane] = under > low[lane] ? under : low[lane];
      high[lane] = over < high[lane] ? over : high[lane];
    }
  for (; row < count; row++) {
    if (values[row] < threshold && values[row] > low[0]) low[0] = values[row];
    if (values[row] >= threshold && values[row] < high[0]) high[0] = values[row];
  }
  for (int lane = 0; lane < 8; lane++) {
    *below = low[lane] > *below ? low[lane] : *below;
    *above = high[lane] < *above ? high[lane] : *above;
  }
}

// How many of falling scores are above a value, or at least as great.
INLINE size_t first_below(const double *sorted, size_t count, double value, int or_equal) {
  size_t first = 0;
  while (count > 0) {
    size_t half = (count + 1) / 2;
    double middle = sorted[first + half - 1];
    int is_above = or_equal ? middle >= value : middle > value;
    first += is_above ? half : 0;
    count = is_above ? count - half : half - 1;
  }
  return first;
}

void thr_rank_rows(const thr_ranking *ranking, const double *values, const uint8_t *labels,
                   size_t count, uint64_t *above, uint64_t *equal, uint32_t *slots) {
  const double *sorted = ranking->sorted;
  uint64_t higher = 0, ties = 0;
  for (size_t row = 0; row < count; row++) {
    if (labels[row] != ranking->label) continue;
    double value = values[row];
    size_t bucket = (ranking->top - place(value)) >> ranking->shift;
    size_t start = ranking->starts[bucket], length = ranking->starts[bucket + 1] - start;
    size_t first = 0, end = 0;
    if (length <= 16) {
      for (size_t i = 0; i < length; i++) {
        first += sorted[start + i] > value;
        end += sorted[start + i] >= value;
      }
    } else {
      first = first_below(sorted + start, length, value, 0);
      end = first < length && sorted[start + first] == value
                ? first_below(sorted + start, length, value, 1)
                : first;
    }
    higher += start + first;
    ties += end - first;
    if (slots) slots[start + first]++;
  }
  *above += higher;
  *equal += ties;
}
