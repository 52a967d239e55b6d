/// Random words and normals many at a time, the same bits on every machine.
#ifndef THR_FAST_NORMALS_H
#define THR_FAST_NORMALS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Eight generators side by side, which take turns: xoshiro256++ (Blackman and Vigna, “Scrambled
/// linear pseudorandom number generators”, 2021), each of four words that are not all 0.
typedef struct {
  uint64_t words[4][8];
} thr_lanes;

/// Numbers that are drawn at a time.
#define THR_NORMALS_STEP 16

/// Draws `steps` times eight words.
void thr_lanes_words(thr_lanes *lanes, size_t steps, uint64_t *words);

/// Draws `steps` times THR_NORMALS_STEP standard normals, each step of as many words, by the method
/// of Box and Muller (“A note on the generation of random normal deviates”, 1958).
///
/// Only operations that IEEE 754 rounds exactly are used, none of them fused. A normal lies within
/// four units in the last place of what its words stand for, and no further than 8.6 from 0.
void thr_lanes_normals(thr_lanes *lanes, size_t steps, double *normals);

#ifdef __cplusplus
}
#endif

#endif
