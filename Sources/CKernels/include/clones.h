/// One function compiled for several generations of x86-64, chosen when the program is loaded.
#ifndef THR_CLONES_H
#define THR_CLONES_H

// The thread sanitizer is not ready yet when the choice is made.
#if defined(__x86_64__) && !defined(__AVX2__) && !__has_feature(thread_sanitizer)
#define THR_CLONES \
  __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
/// A function for processors with 32 registers of 64 bytes, to be called if `thr_is_wide()`; the
/// compiler uses no more than 32 bytes of them by itself. Not defined where there are none.
#define THR_WIDE __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define thr_is_wide() __builtin_cpu_supports("x86-64-v4")
/// A function for processors with fused multiply-add, to be called if `thr_is_fused()`.
#define THR_FUSED __attribute__((target("arch=x86-64-v3")))
#define thr_is_fused() __builtin_cpu_supports("x86-64-v3")
#else
#define THR_CLONES
#endif

#endif
