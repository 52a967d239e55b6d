import Glibc

/// The distinct texts of a column while it is being read: bytes to codes, by open addressing.
struct TextDictionary {
  /// By first appearance.
  private(set) var levels: [String] = []

  /// For each level the start of its bytes in `pool`, and at the end the pool's size.
  private var starts: [Int] = []
  private var pool: [UInt8] = []
  private var hashes: [UInt64] = []

  /// At the places that hashes point to, a code plus one and above it the hash's upper half, which
  /// nearly always settles whether it is the text looked for; 0 where there is none.
  ///
  /// A power of two of them, at most half of them taken; none before the first text, as a column of
  /// numbers has no texts.
  private var places: [UInt64] = []

  /// Unknown to the writer of the file, so that no texts can be chosen to have equal hashes.
  private let seed = HashSeed.ofProcess

  /// The code of a text, a new one if need be; `nil` if the bytes are not UTF-8 or hold a NUL.
  ///
  /// O(bytes).
  mutating func code(for text: Bytes) -> Int32? {
    if places.isEmpty { (places, starts) = (Array(repeating: 0, count: 64), [0]) }
    let hash = seed.hash(text)
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let code = Int(truncatingIfNeeded: places[place] & 0xFFFF_FFFF) - 1
      if (places[place] ^ hash) >> 32 == 0, isLevel(code, text) {
        return Int32(truncatingIfNeeded: code)
      }
      place = (place + 1) & (places.count - 1)
    }
    guard !text.contains(0), let level = String(validating: text, as: UTF8.self) else {
      return nil
    }
    let code = Int32(truncatingIfNeeded: levels.count)
    levels.append(level)
    hashes.append(hash)
    pool.append(contentsOf: text)
    starts.append(pool.count)
    places[place] = Self.entry(hash, levels.count)
    if levels.count * 2 > places.count { grow() }
    return code
  }

  /// The code of a text that is a level of another dictionary.
  mutating func code(of level: String) -> Int32 {
    var level = level
    return level.withUTF8 { code(for: $0) } ?? TextValues.missingCode
  }

  private func isLevel(_ code: Int, _ text: Bytes) -> Bool {
    let start = starts[code]
    guard starts[code + 1] - start == text.count else { return false }
    guard let base = text.baseAddress, !text.isEmpty else { return true }
    return pool.withUnsafeBufferPointer { pool in
      pool.baseAddress.map { memcmp($0 + start, base, text.count) == 0 } ?? false
    }
  }

  private mutating func grow() {
    let mask = places.count * 2 - 1
    places = [UInt64](repeating: 0, count: mask + 1)
    for (code, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & mask
      while places[place] != 0 { place = (place + 1) & mask }
      places[place] = Self.entry(hash, code + 1)
    }
  }

  private static func entry(_ hash: UInt64, _ codePlusOne: Int) -> UInt64 {
    hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: codePlusOne)
  }
}

/// The numbers that make hashes of texts differ from run to run; results never depend on them.
private struct HashSeed {
  let addend: UInt64
  let factor: UInt64

  static let ofProcess = HashSeed(
    addend: .random(in: .min ... .max), factor: .random(in: .min ... .max) | 1)

  func hash(_ text: Bytes) -> UInt64 {
    let raw = UnsafeRawBufferPointer(text)
    var hash = UInt64(truncatingIfNeeded: text.count)
    var offset = 0
    while offset + 8 <= raw.count {
      hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < raw.count {
      rest = rest << 8 | UInt64(raw[offset])
      offset += 1
    }
    return mixed(hash ^ rest)
  }

  private func mixed(_ value: UInt64) -> UInt64 {
    let product = (value ^ addend).multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }
}
