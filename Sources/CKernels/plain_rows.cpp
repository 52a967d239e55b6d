#include "include/plain_rows.h"

#include <cstring>
#include <limits>

#include "include/field_scanning.h"

namespace {

constexpr int leastPower = -60;
constexpr int mostPower = 22;
constexpr uint64_t powersOfFive[mostPower - leastPower + 1][2] = {
#include "powers_of_five.inc"
};

constexpr uint64_t wholePowers[] = {1,      10,      100,      1000,     10000,
                                    100000, 1000000, 10000000, 100000000};

/// From here on integers are not all exact, and another look is needed.
constexpr double leastInexact = 9007199254740992.0;

inline uint64_t word(const uint8_t *at) {
  uint64_t value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// How many digits stand in front of anything else, of which the word has the first 8 bytes.
///
/// What is added carries into the bytes after the first that is no digit only.
inline int leadingDigits(uint64_t word) {
  uint64_t values = word ^ 0x3030303030303030u;
  uint64_t others = ((values + 0x7676767676767676u) | values) & 0x8080808080808080u;
  return others == 0 ? 8 : __builtin_ctzll(others) >> 3;
}

/// The number of eight digits, the first in the lowest byte; a byte of 0 counts as 0.
inline uint64_t number(uint64_t word) {
  word &= 0x0f0f0f0f0f0f0f0fu;
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
  } else if (power == 0 && digits <= exact) {
    *value = static_cast<double>(digits);
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
    int count = 8;
    for (; count == 8 && end - at >= 8; at += count) {
      uint64_t bytes = word(at);
      count = leadingDigits(bytes);
      // Without a branch for how many there are, which could not be predicted.
      digits = digits * wholePowers[count] + number(count > 0 ? bytes << (64 - 8 * count) : 0);
    }
    for (; (digit = *at - '0') < 10; ++at) digits = digits * 10 + digit;
    if (at == fraction || at - fraction > 1000) return nullptr;
    power = -static_cast<int>(at - fraction);
  }
  // A zero and the point in front of a fraction are not significant.
  if (at - first > (*first == '0' ? 21 : 19) && areTooMany(first, at)) return nullptr;
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
