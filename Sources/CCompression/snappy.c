#include <string.h>

#include "compression.h"

// The format: https://github.com/google/snappy/blob/main/format_description.txt

typedef struct {
  const uint8_t *next, *end;
} reader;

// The little-endian number of the next bytes; 0 where there are fewer, which `has` is asked before.
static inline uint32_t number(reader *in, int bytes) {
  uint32_t value = 0;
  for (int i = 0; i < bytes; i++) value |= (uint32_t)*in->next++ << (8 * i);
  return value;
}

static inline int has(const reader *in, size_t bytes) {
  return (size_t)(in->end - in->next) >= bytes;
}

// The length in front of the block: 7 bits a byte, the least first; -1 where it is no such number.
static int64_t length(reader *in) {
  uint64_t value = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    if (!has(in, 1)) return -1;
    uint8_t byte = *in->next++;
    value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return value <= UINT32_MAX ? (int64_t)value : -1;
  }
  return -1;
}

// Copies bytes that were written `offset` before; the two parts may overlap, and then repeat.
static inline void repeat(uint8_t *to, size_t offset, size_t count, size_t room) {
  const uint8_t *from = to - offset;
  if (offset >= 8 && room >= count + 8) {
    for (size_t done = 0; done < count; done += 8) memcpy(to + done, from + done, 8);
    return;
  }
  for (size_t i = 0; i < count; i++) to[i] = from[i];
}

ssize_t thr_snappy(const void *input, size_t size, void *output, size_t capacity) {
  reader in = {input, (const uint8_t *)input + size};
  int64_t total = length(&in);
  if (total < 0 || (uint64_t)total > capacity) return -1;
  uint8_t *start = output, *out = output;
  uint8_t *end = total > 0 ? start + total : start;
  while (in.next < in.end) {
    uint8_t tag = *in.next++;
    size_t count, room = (size_t)(end - out);
    if ((tag & 3) == 0) {
      count = (size_t)(tag >> 2) + 1;
      if (count > 60) {
        int bytes = (int)count - 60;
        if (!has(&in, (size_t)bytes)) return -1;
        count = (size_t)number(&in, bytes) + 1;
      }
      if (!has(&in, count) || count > room) return -1;
      memcpy(out, in.next, count);
      in.next += count;
    } else {
      static const uint8_t widths[4] = {0, 1, 2, 4};
      int bytes = widths[tag & 3];
      if (!has(&in, (size_t)bytes)) return -1;
      size_t offset = number(&in, bytes);
      count = bytes == 1 ? (size_t)(tag >> 2 & 7) + 4 : (size_t)(tag >> 2) + 1;
      if (bytes == 1) offset |= (size_t)(tag >> 5) << 8;
      if (offset == 0 || offset > (size_t)(out - start) || count > room) return -1;
      repeat(out, offset, count, room);
    }
    out += count;
  }
  return out == end ? (ssize_t)total : -1;
}
