#include "include/plain_rows.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "include/field_scanning.h"

namespace {

constexpr int leastPower = -60;
constexpr int mostPower = 22;
constexpr uint64_t powersOfFive[mostPower - leastPower + 1][2] = {
#include "powers_of_five.inc"
};

constexpr double powersOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// From here on integers are not all exact, and another look is needed.
constexpr double leastInexact = 9007199254740992.0;

inline uint64_t word(const uint8_t *at) {
  uint64_t value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

inline bool areDigits(uint64_t word) {
  return ((word & 0xf0f0f0f0f0f0f0f0u) |
          (((word + 0x0606060606060606u) & 0xf0f0f0f0f0f0f0f0u) >> 4)) == 0x3333333333333333u;
}

/// The number of eight digits, the first in the lowest byte.
inline uint64_t number(uint64_t word) {
  word -= 0x3030303030303030u;
  word = word * 10 + (word >> 8);
  return ((word & 0x000000ff000000ffu) * 0x000f424000000064u +
          ((word >> 16) & 0x000000ff000000ffu) * 0x0000271000000001u) >> 32;
}

/// digits × 10^power, correctly rounded, by the method of Eisel and Lemire; false where that does
/// not settle it.
bool rounded(uint64_t digits, int power, double *value) {
  if (power < leastPower || power > mostPower) return false;
  int shift = __builtin_clzll(digits);
  digits <<= shift;
  const uint64_t *five = powersOfFive[power - leastPower];
  unsigned __int128 product = static_cast<unsigned __int128>(digits) * five[0];
  uint64_t high = static_cast<uint64_t>(product >> 64), low = static_cast<uint64_t>(product);
  constexpr uint64_t mask = ~uint64_t{0} >> 55;
  if ((high & mask) == mask) {
    uint64_t more = static_cast<uint64_t>(
        (static_cast<unsigned __int128>(digits) * five[1]) >> 64);
    low += more;
    if (more > low) ++high;
    if (low == ~uint64_t{0} && power < -27) return false;
  }
  int upper = static_cast<int>(high >> 63);
  uint64_t mantissa = high >> (upper + 9);
  int exponent = ((217706 * power) >> 16) + 63 + upper - shift + 1023;
  if (exponent <= 0) return false;
  // A tie between two doubles goes to the even one.
  if (low <= 1 && power >= -4 && power <= 23 && (mantissa & 3) == 1 &&
      (mantissa << (upper + 9)) == high)
    mantissa &= ~uint64_t{1};
  mantissa += mantissa & 1;
  mantissa >>= 1;
  if (mantissa >= uint64_t{2} << 52) {
    mantissa = uint64_t{1} << 52;
    ++exponent;
  }
  if (exponent >= 0x7ff) return false;
  uint64_t bits = (mantissa & ~(uint64_t{1} << 52)) | static_cast<uint64_t>(exponent) << 52;
  std::memcpy(value, &bits, sizeof bits);
  return true;
}

bool scaled(uint64_t digits, int power, double *value) {
  constexpr uint64_t exact = uint64_t{1} << 53;
  if (digits == 0) {
    *value = 0;
  } else if (digits <= exact && power >= -22 && power <= 22) {
    double whole = static_cast<double>(digits);
    *value = power < 0 ? whole / powersOfTen[-power] : whole * powersOfTen[power];
  } else if (!rounded(digits, power, value)) {
    return false;
  }
  return *value < leastInexact;
}

/// Whether more digits than a word holds are significant.
bool areTooMany(const uint8_t *at, const uint8_t *end) {
  while (at < end && (*at == '0' || *at == '.')) ++at;
  long count = end - at - (std::memchr(at, '.', static_cast<size_t>(end - at)) != nullptr);
  return count > 19;
}

/// Reads a number of plain make: digits, with a point and an exponent if need be. Returns what
/// follows it; null for anything else. A line feed stands before `end`.
inline const uint8_t *plainNumber(const uint8_t *at, const uint8_t *end, double *value) {
  bool isNegative = *at == '-';
  at += isNegative;
  const uint8_t *first = at;
  uint64_t digits = 0;
  unsigned digit;
  for (; (digit = *at - '0') < 10; ++at) digits = digits * 10 + digit;
  if (at == first || (*first == '0' && at > first + 1)) return nullptr;
  int power = 0;
  if (*at == '.') {
    const uint8_t *fraction = ++at;
    for (; end - at >= 8 && areDigits(word(at)); at += 8)
      digits = digits * 100000000 + number(word(at));
    for (; (digit = *at - '0') < 10; ++at) digits = digits * 10 + digit;
    if (at == fraction || at - fraction > 1000) return nullptr;
    power = -static_cast<int>(at - fraction);
  }
  if (at - first > 19 && areTooMany(first, at)) return nullptr;
  if ((*at | 0x20) == 'e') {
    ++at;
    bool isSmall = *at == '-';
    if (*at == '-' || *at == '+') ++at;
    int exponent = 0, count = 0;
    for (; (digit = *at - '0') < 10 && count < 5; ++at, ++count)
      exponent = exponent * 10 + static_cast<int>(digit);
    if (count == 0 || count == 5) return nullptr;
    power += isSmall ? -exponent : exponent;
  }
  if (!scaled(digits, power, value)) return nullptr;
  if (isNegative) *value = -*value;
  return at;
}

inline bool needsAnotherLook(uint8_t byte) {
  return byte == '"' || byte == '\'' || byte == ' ' || byte == '\t';
}

}  // namespace

const uint8_t *thr_read_plain_rows(const uint8_t *at, const uint8_t *end, const uint8_t *skipped,
                                   size_t columns, uint8_t delimiter, double *cells, size_t stride,
                                   size_t capacity, size_t *count) {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  while (end > at && end[-1] != '\n') --end;
  while (at < end && *count < capacity) {
    const uint8_t *next = at;
    for (size_t column = 0; column < columns; ++column) {
      double *cell = cells + column * stride + *count;
      if (skipped[column]) {
        if (needsAnotherLook(*next) || (column == 0 && *next != delimiter && *next < ' ')) return at;
        next = thr_find_field_end(next, end, delimiter);
      } else if (*next == delimiter || (*next == '\n' && column > 0)) {
        *cell = missing;
      } else {
        next = plainNumber(next, end, cell);
        if (next == nullptr) return at;
      }
      if (column + 1 < columns && *next++ != delimiter) return at;
    }
    if (*next == '\r') ++next;
    if (next >= end || *next != '\n') return at;
    at = next + 1;
    ++*count;
  }
  return at;
}
