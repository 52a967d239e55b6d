#include <limits.h>

#include "compression.h"

ssize_t thr_inflate(
    const void *input, size_t size, void *output, size_t capacity, int format) {
  if (size > UINT_MAX || capacity > UINT_MAX - 1) return -1;
  z_stream stream = {0};
  if (thr_inflate_init(&stream, format) != Z_OK) return -1;
  // zlib takes no empty buffer for an output of nothing.
  unsigned char nothing;
  stream.next_in = (Bytef *)(uintptr_t)input;
  stream.avail_in = (uInt)size;
  stream.next_out = capacity > 0 ? output : &nothing;
  stream.avail_out = (uInt)capacity;
  size_t written = 0;
  int status;
  while ((status = inflate(&stream, Z_FINISH)) == Z_STREAM_END) {
    // A reset forgets how much was written.
    written += stream.total_out;
    if (stream.avail_in == 0 || format == THR_DEFLATE) break;
    if (inflateReset(&stream) != Z_OK) break;
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END ? (ssize_t)written : -1;
}

ssize_t thr_zstd(const void *input, size_t size, void *output, size_t capacity) {
  size_t written = ZSTD_decompress(output, capacity, input, size);
  return ZSTD_isError(written) || written > capacity ? -1 : (ssize_t)written;
}

ssize_t thr_lz4(const void *input, size_t size, void *output, size_t capacity) {
  if (size > INT_MAX || capacity > INT_MAX) return -1;
  int written = LZ4_decompress_safe(input, output, (int)size, (int)capacity);
  return written < 0 ? -1 : written;
}

ssize_t thr_lz4_frame(const void *input, size_t size, void *output, size_t capacity) {
  LZ4F_dctx *context;
  if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) return -1;
  const char *next = input;
  char *out = output;
  size_t left = size, room = capacity, wanted;
  do {
    size_t taken = left, given = room;
    wanted = LZ4F_decompress(context, out, &given, next, &taken, NULL);
    if (LZ4F_isError(wanted) || (taken == 0 && given == 0)) break;
    next += taken;
    left -= taken;
    out += given;
    room -= given;
  } while (wanted != 0);
  LZ4F_freeDecompressionContext(context);
  return wanted == 0 ? (ssize_t)(capacity - room) : -1;
}

ssize_t thr_zstd_compress(
    const void *input, size_t size, void *output, size_t capacity, int level) {
  size_t written = ZSTD_compress(output, capacity, input, size, level);
  return ZSTD_isError(written) ? -1 : (ssize_t)written;
}

size_t thr_zstd_bound(size_t size) { return ZSTD_compressBound(size); }
