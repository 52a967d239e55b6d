// Numbers that are packed bit by bit, and runs of them. The bytes are those of a `ByteBuffer`, of
// which eight more than it holds can be loaded.

/// Runs of a number, and numbers of so many bits each (parquet-format, Encodings.md, “RLE”).
enum RunLengths {
  /// Writes the next `count` numbers, of at most 32 bits.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, bits: Int, count: Int,
    into output: UnsafeMutablePointer<Int32>
  ) throws(ParquetFault) {
    guard (0...32).contains(bits) else { throw .damaged("numbers of \(bits) bits") }
    var reader = ByteReader(bytes)
    var done = 0
    while done < count {
      guard let head = reader.takeVariable() else { throw .damaged("runs end too early") }
      if head & 1 == 0 {
        var value: UInt32 = 0
        for place in 0..<(bits + 7) / 8 {
          guard let byte = reader.take(UInt8.self) else { throw .damaged("a run ends too early") }
          value |= UInt32(byte) << UInt32(8 * place)
        }
        let length = Int(clamping: head >> 1)
        guard length > 0 else { throw .damaged("a run of nothing") }
        let end = min(length, count - done)
        (output + done).update(repeating: Int32(bitPattern: value), count: end)
        done += end
      } else {
        // The last group may be cut where its numbers end.
        let groups = Int(clamping: head >> 1)
        let taken = min(groups > Int.max / 8 ? .max : groups * 8, count - done)
        let whole = groups > reader.left ? reader.left : min(groups * bits, reader.left)
        guard taken > 0, (taken * bits + 7) / 8 <= whole, let packed = reader.take(whole) else {
          throw .damaged("packed numbers end too early")
        }
        unpack(packed, bits: bits, count: taken, into: output + done)
        done += taken
      }
    }
  }

  private static func unpack(
    _ bytes: UnsafeRawBufferPointer, bits: Int, count: Int,
    into output: UnsafeMutablePointer<Int32>
  ) {
    guard bits > 0, let base = bytes.baseAddress else {
      return output.update(repeating: 0, count: count)
    }
    let mask: UInt64 = (1 << UInt64(bits)) - 1
    var place = 0
    for index in 0..<count {
      let word = (base + place >> 3).loadUnaligned(as: UInt64.self)
      output[index] = Int32(truncatingIfNeeded: (word >> UInt64(place & 7)) & mask)
      place += bits
    }
  }
}

/// Differences of integers (Encodings.md, “DELTA_BINARY_PACKED”).
enum Deltas {
  /// Calls the body with the integers, of which there are to be `count`.
  ///
  /// - Returns: how many bytes they take.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, count: Int, _ body: (Int, Int64) -> Void
  ) throws(ParquetFault) -> Int {
    var reader = ByteReader(bytes)
    guard let blockSize = reader.takeVariable(), let parts = reader.takeVariable(),
      let total = reader.takeVariable(), let first = reader.takeZigZag()
    else { throw .damaged("the head of the differences is cut") }
    guard (1...1 << 20).contains(blockSize), (1...blockSize).contains(parts),
      blockSize % parts == 0, total == UInt64(count)
    else { throw .damaged("\(total) differences in blocks of \(blockSize), for \(count) values") }
    let partSize = Int(blockSize / parts)
    var value = first
    var done = 0
    if count > 0 {
      body(0, value)
      done = 1
    }
    while done < count {
      guard let least = reader.takeZigZag(), let widths = reader.take(Int(parts)) else {
        throw .damaged("a block of differences is cut")
      }
      for bits in widths where done < count {
        let bits = Int(bits)
        let wanted = min(partSize, count - done)
        // A writer may leave out the end of the last part.
        let size = min((partSize * bits + 7) / 8, reader.left)
        guard bits <= 64, (wanted * bits + 7) / 8 <= size, let packed = reader.take(size) else {
          throw .damaged("a block of differences is cut")
        }
        for index in 0..<wanted {
          value = value &+ least &+ number(packed, bits: bits, at: index * bits)
          body(done, value)
          done += 1
        }
      }
    }
    return reader.offset
  }

  private static func number(
    _ bytes: UnsafeRawBufferPointer, bits: Int, at place: Int
  ) -> Int64 {
    guard bits > 0, let base = bytes.baseAddress else { return 0 }
    let start = base + place >> 3
    let shift = UInt64(place & 7)
    var word = start.loadUnaligned(as: UInt64.self) >> shift
    if shift > 0, Int(shift) + bits > 64 {
      word |= UInt64((start + 8).load(as: UInt8.self)) << (64 - shift)
    }
    return Int64(bitPattern: bits == 64 ? word : word & ((1 << UInt64(bits)) - 1))
  }
}
