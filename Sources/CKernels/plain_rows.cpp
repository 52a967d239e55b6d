#include "include/plain_rows.h"

#include <cstring>
#include <limits>

#include "include/field_scanning.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace {

constexpr int leastPower = -60;
constexpr int mostPower = 22;
constexpr uint64_t powersOfFive[mostPower - leastPower + 1][2] = {
#include "powers_of_five.inc"
};

constexpr uint64_t wholePowers[] = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000,
    100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000,
    10000000000000000};

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
/// not settle it, or the power is none of the table's. No result is too great or too small for a
/// normal Double, as none of the powers is.
inline bool rounded(uint64_t digits, int power, double *value) {
  if (power < leastPower || power > mostPower) return false;
  int shift = __builtin_clzll(digits);
  digits <<= shift;
  const uint64_t *five = powersOfFive[power - leastPower];
  unsigned __int128 product = static_cast<unsigned __int128>(digits) * five[0];
  uint64_t high = static_cast<uint64_t>(product >> 64), low = static_cast<uint64_t>(product);
  constexpr uint64_t mask = ~uint64_t{0} >> 55;
  if (__builtin_expect((high & mask) == mask, 0)) {
    uint64_t more = static_cast<uint64_t>(
        (static_cast<unsigned __int128>(digits) * five[1]) >> 64);
    low += more;
    if (more > low) ++high;
    if (low == ~uint64_t{0} && power < -27) return false;
  }
  int upper = static_cast<int>(high >> 63);
  uint64_t mantissa = high >> (upper + 9);
  // A tie between two doubles goes to the even one.
  if (__builtin_expect(low <= 1, 0) && power >= -4 && (mantissa & 3) == 1 &&
      (mantissa << (upper + 9)) == high)
    mantissa &= ~uint64_t{1};
  mantissa = (mantissa + (mantissa & 1)) >> 1;
  // A mantissa that was rounded up to 2^53 carries into the exponent by itself.
  uint64_t exponent = static_cast<uint64_t>(((217706 * power) >> 16) + 63 + upper - shift + 1022);
  uint64_t bits = mantissa + (exponent << 52);
  std::memcpy(value, &bits, sizeof bits);
  return true;
}

#if defined(__SSE2__)

/// Which of 16 bytes are no digits, a bit each, the first lowest.
inline uint32_t others(const uint8_t *at) {
  __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
  // As signed bytes that begin with the least one, digits are at most nine above it.
  __m128i shifted = _mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(0x80 - '0')));
  return static_cast<uint32_t>(
      _mm_movemask_epi8(_mm_cmpgt_epi8(shifted, _mm_set1_epi8(static_cast<char>(0x80 + 9)))));
}

/// From `count` on, which bits are kept of 16 characters, the last `count` of which are digits.
constexpr uint8_t keptBits[32] = {0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
                                  0,  0,  0,  0,  0,  15, 15, 15, 15, 15, 15,
                                  15, 15, 15, 15, 15, 15, 15, 15, 15, 15};

/// The number that the `count` digits before `end` make, 16 at most; 16 bytes before it are read.
inline uint64_t digitsBefore(const uint8_t *end, int count) {
  __m128i ones = _mm_and_si128(
      _mm_loadu_si128(reinterpret_cast<const __m128i *>(end - 16)),
      _mm_loadu_si128(reinterpret_cast<const __m128i *>(keptBits + count)));
  // Neighbours are joined to numbers of two, of four and of eight digits.
  __m128i twos = _mm_add_epi16(
      _mm_mullo_epi16(_mm_and_si128(ones, _mm_set1_epi16(0xff)), _mm_set1_epi16(10)),
      _mm_srli_epi16(ones, 8));
  __m128i fours = _mm_madd_epi16(twos, _mm_set1_epi32(1 << 16 | 100));
  __m128i eights = _mm_madd_epi16(_mm_packs_epi32(fours, fours), _mm_set1_epi32(1 << 16 | 10000));
  uint64_t both = static_cast<uint64_t>(_mm_cvtsi128_si64(eights));
  return (both & 0xffffffff) * 100000000 + (both >> 32);
}

/// The number that the `count` digits from `at` on make, four at most; four bytes are read.
inline uint64_t digitsFrom(const uint8_t *at, int count) {
  uint32_t bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  bytes = static_cast<uint32_t>(uint64_t{bytes & 0x0f0f0f0f} << (32 - 8 * count));
  bytes = bytes * 10 + (bytes >> 8);
  return ((bytes & 0xff) * 100 + (bytes >> 16 & 0xff));
}

/// Reads a digit, a point and up to 20 digits, as scores are written. Returns what follows; null for
/// anything else. 16 bytes before `at` and 34 from there on are read. No branch depends on how many
/// digits there are, which could not be predicted.
inline const uint8_t *fraction(const uint8_t *at, double *value) {
  uint32_t digit = static_cast<uint32_t>(*at - '0');
  if (digit > 9 || at[1] != '.') return nullptr;
  at += 2;
  uint64_t ends = others(at) | static_cast<uint64_t>(others(at + 16)) << 16;
  if (__builtin_expect((ends & 0x1fffff) == 0, 0)) return nullptr;
  int count = __builtin_ctzll(ends);
  if (count == 0) return nullptr;
  int first = count > 16 ? count - 16 : 0;
  uint64_t high = digit * wholePowers[first] + digitsFrom(at, first);
  // More than 19 digits are significant.
  if (__builtin_expect(count >= 19, 0) && high > 999) return nullptr;
  at += count;
  uint64_t digits = high * wholePowers[count - first] + digitsBefore(at, count - first);
  if ((*at | 0x20) == 'e') return nullptr;
  if (digits == 0) {
    *value = 0;
    return at;
  }
  return rounded(digits, -count, value) ? at : nullptr;
}

#endif

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
const uint8_t *plainNumber(const uint8_t *at, const uint8_t *end, double *value) {
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

/// The same, by the fastest way that is open where the number stands.
inline const uint8_t *number(const uint8_t *at, const uint8_t *begin, const uint8_t *end,
                             uint8_t delimiter, double *value) {
  unsigned digit = *at - '0';
  if (digit < 10 && (at[1] == delimiter || at[1] == '\n')) {
    *value = digit;
    return at + 1;
  }
#if defined(__SSE2__)
  if (at - begin >= 16 && end - at >= 48) {
    bool isNegative = *at == '-';
    const uint8_t *next = fraction(at + isNegative, value);
    if (next != nullptr) {
      if (isNegative) *value = -*value;
      return next;
    }
  }
#endif
  return plainNumber(at, end, value);
}

inline bool needsAnotherLook(uint8_t byte) {
  return byte == '"' || byte == '\'' || byte == ' ' || byte == '\t';
}

}  // namespace

const uint8_t *thr_read_plain_rows(const uint8_t *at, const uint8_t *end, const uint8_t *skipped,
                                   size_t columns, uint8_t delimiter, double *cells, size_t stride,
                                   size_t capacity, size_t *count) {
  const uint8_t *begin = at;
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
        next = number(next, begin, end, delimiter, cell);
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
