import CKernels

/// A running 64-bit hash of content: the same bytes give the same hash on every machine, however
/// they are cut into pieces.
///
/// It distinguishes files; it does not withstand forgery.
struct Fingerprint {
  /// Content is hashed in blocks of this size, in bytes, which several threads can do at once.
  static let blockSize = 1 << 19

  private var block = BlockHash()
  private var whole: UInt64 = 0x2ffd_72db_d01a_dfb7
  private var blocks: UInt64 = 0

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      closeIfFull()
      let part = rest.prefix(Self.blockSize - Int(block.length))
      block.update(UnsafeRawBufferPointer(rebasing: part))
      rest = rest.dropFirst(part.count)
    }
  }

  /// Adds the next block, which is full unless it is the last; all before it are.
  mutating func append(_ next: BlockHash) {
    closeIfFull()
    block = next
  }

  /// The hash of all bytes so far.
  var value: UInt64 {
    blocks == 0 ? block.value : BlockHash.mixed(whole ^ block.value, blocks << 1)
  }

  /// A last block that is full stays open: content of one block has the block's own hash.
  private mutating func closeIfFull() {
    guard block.length == UInt64(Self.blockSize) else { return }
    whole = BlockHash.mixed(whole ^ block.value, 0xb8e1_afed_6a26_7e96)
    blocks += 1
    block = BlockHash()
  }
}

/// A running hash of a part of content.
struct BlockHash {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (
    0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c, 0xc0ac_29b7_c97c_50dd, 0x3f84_d5b5_b547_0917
  )
  private(set) var length: UInt64 = 0
  private var pending: [UInt8] = []

  private static let stepSize = 64

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(Self.stepSize - pending.count)
      pending.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      guard pending.count == Self.stepSize else { return }
      pending.withUnsafeBytes { fold($0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count - rest.count % Self.stepSize
    fold(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// The hash of all bytes so far.
  var value: UInt64 {
    var last = self
    let padding = Self.stepSize - pending.count
    last.pending.append(contentsOf: repeatElement(0, count: padding))
    last.pending.withUnsafeBytes { last.fold($0) }
    let (first, second, third, fourth) = last.lanes
    return Self.mixed(
      Self.mixed(first ^ length, second), Self.mixed(third, fourth ^ 0x9216_d5d9_8979_fb1b))
  }

  private mutating func fold(_ blocks: UnsafeRawBufferPointer) {
    guard let base = blocks.baseAddress, !blocks.isEmpty else { return }
    let count = blocks.count / Self.stepSize
    withUnsafeMutableBytes(of: &lanes) { lanes in
      thr_hash_blocks(
        base.assumingMemoryBound(to: UInt8.self), count,
        lanes.baseAddress?.assumingMemoryBound(to: UInt64.self))
    }
  }

  fileprivate static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
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
