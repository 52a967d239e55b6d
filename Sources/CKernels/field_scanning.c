#include "include/field_scanning.h"

#include <string.h>

#define REPEATED(byte) ((uint64_t)(byte) * 0x0101010101010101u)

/* The high bit of each byte that is 0, and of none below the lowest such byte. */
static uint64_t zeros(uint64_t word) {
  return (word - REPEATED(0x01)) & ~word & REPEATED(0x80);
}

static int ends_field(uint8_t byte, uint8_t delimiter) {
  return byte == delimiter || byte == '\n' || byte == '\r';
}

const uint8_t *thr_find_field_end(const uint8_t *at, const uint8_t *end, uint8_t delimiter) {
  while (end - at >= 8) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    if (zeros(word ^ REPEATED(delimiter)) | zeros(word ^ REPEATED('\n')) |
        zeros(word ^ REPEATED('\r')))
      break;
    at += 8;
  }
  while (at < end && !ends_field(*at, delimiter)) ++at;
  return at;
}
