extension Sequence where Element: FixedWidthInteger {
  /// The integers one after the other, each with its least significant byte first.
  public var littleEndianBytes: [UInt8] {
    flatMap { element in
      stride(from: 0, to: Element.bitWidth, by: 8).map {
        UInt8(truncatingIfNeeded: element >> Element($0))
      }
    }
  }
}

extension Sequence<Double> {
  /// The numbers as little-endian float64, one after the other.
  public var littleEndianBytes: [UInt8] { map(\.bitPattern).littleEndianBytes }
}
