#include "include/number_parsing.h"

#include <charconv>
#include <cstring>
#include <limits>

namespace {

bool isDigit(const char *at, const char *end) { return at < end && *at >= '0' && *at <= '9'; }

/// Whether digits that are known to be out of range are too large rather than too small.
/// The value is 0.d… × 10^magnitude with d not 0, so the sign of the magnitude decides.
bool isTooLarge(const char *at, const char *end) {
  long magnitude = 0;
  bool significant = false;
  if (at < end && *at == '-') ++at;
  for (; isDigit(at, end); ++at) {
    significant = significant || *at != '0';
    if (significant) ++magnitude;
  }
  if (at < end && *at == '.') {
    for (++at; isDigit(at, end); ++at) {
      significant = significant || *at != '0';
      if (!significant) --magnitude;
    }
  }
  if (at >= end || (*at != 'e' && *at != 'E')) return magnitude > 0;
  bool negative = ++at < end && *at == '-';
  if (at < end && (*at == '-' || *at == '+')) ++at;
  long exponent = 0;
  // Saturates: no text in memory has mantissa digits enough to make up for such an exponent.
  for (; isDigit(at, end); ++at) {
    if (exponent < std::numeric_limits<long>::max() / 16) exponent = exponent * 10 + (*at - '0');
  }
  return magnitude + (negative ? -exponent : exponent) > 0;
}

uint64_t word(const void *bytes) {
  uint64_t value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

uint64_t folded(uint64_t a, uint64_t b) {
  unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

}  // namespace

ptrdiff_t thr_parse_number(const uint8_t *begin, const uint8_t *end, double *value) {
  const char *first = reinterpret_cast<const char *>(begin);
  const char *last = reinterpret_cast<const char *>(end);
  auto result = std::from_chars(first, last, *value, std::chars_format::general);
  ptrdiff_t length = result.ptr - first;
  if (result.ec == std::errc()) return length;
  if (result.ec != std::errc::result_out_of_range) return 0;
  double sign = *first == '-' ? -1.0 : 1.0;
  if (!isTooLarge(first, result.ptr)) {
    *value = sign * 0.0;
    return length;
  }
  *value = sign * std::numeric_limits<double>::infinity();
  return -length;
}

ptrdiff_t thr_write_number(double value, uint8_t *out) {
  char *first = reinterpret_cast<char *>(out);
  return std::to_chars(first, first + THR_NUMBER_CAPACITY, value).ptr - first;
}

void thr_hash_blocks(const uint8_t *bytes, size_t blocks, uint64_t state[4]) {
  // Lanes that do not wait for each other; the constants are digits of pi.
  uint64_t a = state[0], b = state[1], c = state[2], d = state[3];
  for (; blocks > 0; --blocks, bytes += 64) {
    a = folded(word(bytes) ^ a, word(bytes + 8) ^ 0x243f6a8885a308d3u) + a;
    b = folded(word(bytes + 16) ^ b, word(bytes + 24) ^ 0x13198a2e03707345u) + b;
    c = folded(word(bytes + 32) ^ c, word(bytes + 40) ^ 0xa4093822299f31d1u) + c;
    d = folded(word(bytes + 48) ^ d, word(bytes + 56) ^ 0x082efa98ec4e6c89u) + d;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}
