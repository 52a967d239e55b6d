/// The distinct texts of a column while it is being read: bytes to codes, by open addressing.
struct TextDictionary {
  /// By first appearance.
  private(set) var levels: [String] = []

  /// For each level the start of its bytes in `pool`, and at the end the pool's size.
  private var starts = [0]
  private var pool: [UInt8] = []
  private var hashes: [UInt64] = []

  /// Codes at the places that hashes point to, -1 where there is none; a power of two of them, at
  /// most half of them taken.
  private var places = [Int32](repeating: -1, count: 64)

  /// The code of a text, a new one if need be; `nil` if the bytes are not UTF-8 or hold a NUL.
  ///
  /// O(bytes).
  mutating func code(for text: Bytes) -> Int32? {
    let hash = Self.hash(text)
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] >= 0 {
      let code = places[place]
      if hashes[Int(code)] == hash, isLevel(Int(code), text) { return code }
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
    places[place] = code
    if levels.count * 2 > places.count { grow() }
    return code
  }

  private func isLevel(_ code: Int, _ text: Bytes) -> Bool {
    let start = starts[code]
    guard starts[code + 1] - start == text.count else { return false }
    return pool.withUnsafeBufferPointer { pool in
      text.isEmpty || Bytes(rebasing: pool[start..<start + text.count]).elementsEqual(text)
    }
  }

  private mutating func grow() {
    let mask = places.count * 2 - 1
    places = [Int32](repeating: -1, count: mask + 1)
    for (code, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & mask
      while places[place] >= 0 { place = (place + 1) & mask }
      places[place] = Int32(truncatingIfNeeded: code)
    }
  }

  private static func hash(_ text: Bytes) -> UInt64 {
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

  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9216_d5d9_8979_fb1b).multipliedFullWidth(by: 0xd131_0ba6_98df_b5ac)
    return product.high ^ product.low
  }
}
