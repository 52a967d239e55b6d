import CKernels

/// A running 64-bit hash of content: the same bytes give the same hash on every machine, however
/// they are cut into pieces.
///
/// It distinguishes files; it does not withstand forgery.
struct Fingerprint {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (
    0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c, 0xc0ac_29b7_c97c_50dd, 0x3f84_d5b5_b547_0917
  )
  private var length: UInt64 = 0
  private var pending: [UInt8] = []

  private static let blockSize = 64

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(Self.blockSize - pending.count)
      pending.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      guard pending.count == Self.blockSize else { return }
      pending.withUnsafeBytes { fold($0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count - rest.count % Self.blockSize
    fold(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// The hash of all bytes so far.
  var value: UInt64 {
    var last = self
    let padding = Self.blockSize - pending.count
    last.pending.append(contentsOf: repeatElement(0, count: padding))
    last.pending.withUnsafeBytes { last.fold($0) }
    let (first, second, third, fourth) = last.lanes
    return Self.mixed(
      Self.mixed(first ^ length, second), Self.mixed(third, fourth ^ 0x9216_d5d9_8979_fb1b))
  }

  private mutating func fold(_ blocks: UnsafeRawBufferPointer) {
    guard let base = blocks.baseAddress, !blocks.isEmpty else { return }
    let count = blocks.count / Self.blockSize
    withUnsafeMutableBytes(of: &lanes) { lanes in
      thr_hash_blocks(
        base.assumingMemoryBound(to: UInt8.self), count,
        lanes.baseAddress?.assumingMemoryBound(to: UInt64.self))
    }
  }

  private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = (one ^ 0xd131_0ba6_98df_b5ac).multipliedFullWidth(by: other | 1)
    return product.high ^ product.low
  }
}

extension Fingerprint {
  /// The hash of columns made in memory: their names, kinds and cells.
  static func of(_ columns: [Column]) -> UInt64 {
    var fingerprint = Fingerprint()
    for column in columns {
      fingerprint.update(text: column.name)
      switch column.values {
      case .numbers(let numbers): numbers.values.withUnsafeBytes { fingerprint.update($0) }
      case .texts(let texts):
        for level in texts.levels { fingerprint.update(text: level) }
        texts.codes.withUnsafeBytes { fingerprint.update($0) }
      }
    }
    return fingerprint.value
  }

  /// With its length ahead, so that no two lists of texts run together alike.
  private mutating func update(text: String) {
    withUnsafeBytes(of: UInt64(text.utf8.count).littleEndian) { update($0) }
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }
}
