/// zlib, zstd and lz4 as Swift can call them, and whole blocks of compressed bytes.
///
/// A block is decompressed into a buffer of a size that the caller knows and has bounded. Each
/// function gives the number of bytes written, or -1 where the block is damaged or larger than the
/// buffer; none reads or writes outside of its two buffers.
#ifndef THR_COMPRESSION_H
#define THR_COMPRESSION_H

#include <lz4.h>
#include <lz4frame.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <zlib.h>
#include <zstd.h>

/// How the bytes of `inflate` are wrapped.
enum { THR_DEFLATE = -15, THR_GZIP_OR_ZLIB = 15 + 32 };

/// `inflateInit2`, which is a macro; `format` is one of the two above.
static inline int thr_inflate_init(z_stream *_Nonnull stream, int format) {
  return inflateInit2(stream, format);
}

/// `deflateInit2`, for gzip without a name and a time, at the usual level.
static inline int thr_deflate_init(z_stream *_Nonnull stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

/// Raw deflate, or gzip and zlib, of which gzip may have several members one after the other.
ssize_t thr_inflate(
    const void *_Nullable input, size_t size, void *_Nullable output, size_t capacity, int format);

/// One zstd frame or several.
ssize_t thr_zstd(
    const void *_Nullable input, size_t size, void *_Nullable output, size_t capacity);

/// An lz4 block without a frame.
ssize_t thr_lz4(const void *_Nullable input, size_t size, void *_Nullable output, size_t capacity);

/// An lz4 frame.
ssize_t thr_lz4_frame(
    const void *_Nullable input, size_t size, void *_Nullable output, size_t capacity);

/// A snappy block without a frame.
ssize_t thr_snappy(
    const void *_Nullable input, size_t size, void *_Nullable output, size_t capacity);

/// Compresses with zstd at a level from 1 to 19; the capacity `thr_zstd_bound(size)` is enough.
ssize_t thr_zstd_compress(
    const void *_Nullable input, size_t size, void *_Nullable output, size_t capacity, int level);

size_t thr_zstd_bound(size_t size);

#endif
