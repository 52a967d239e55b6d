/// NumPy's legacy normals many at a time: the Mersenne Twister, and Marsaglia's polar method.
#ifndef THR_POLAR_H
#define THR_POLAR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  /// The words of the twister's state.
  THR_TWISTER_SIZE = 624,
  /// The blocks of words that `thr_polar_draw` draws.
  THR_POLAR_BLOCKS = 16,
  /// The most points that it makes: each takes four words at least.
  THR_POLAR_PAIRS = (THR_POLAR_BLOCKS + 1) * THR_TWISTER_SIZE / 4,
  /// The same with room for whole steps of 128: the normals need twice as much.
  THR_POLAR_ROOM = (THR_POLAR_PAIRS + 127) / 128 * 128,
};

/// The next state in place, and its tempered outputs.
void thr_twister_advance(uint32_t *key, uint32_t *outputs);

/// The same with room for whole steps: the normals need twice as much.
#define THR_POLAR_ROOM ((THR_POLAR_PAIRS + 127) / 128 * 128)

/// Points that lie within the unit circle and are not its centre.
typedef struct {
  double x[THR_POLAR_ROOM], y[THR_POLAR_ROOM], squares[THR_POLAR_ROOM];
  size_t count;
} thr_polar_points;

/// Draws points from the outputs that are left from `position` on and from the next blocks, and
/// leaves at most three words.
void thr_polar_draw(uint32_t *key, uint32_t *outputs, size_t *position, thr_polar_points *points);

/// Two normals of each point, y's before x's, with the bits of
/// `sqrt(-2 * log(square) / square)` times the coordinate by the C library's `log`.
void thr_polar_normals(const thr_polar_points *points, double *normals);

#ifdef __cplusplus
}
#endif

#endif
