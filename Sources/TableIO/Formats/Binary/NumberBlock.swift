/// Numbers of one type that lie a fixed number of bytes apart, as Doubles.
///
/// The bytes must hold them all.
enum NumberBlock {
  /// `nil` where no Double holds one of them.
  static func integers<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, count: Int, stride: Int, of bytes: UnsafeRawBufferPointer,
    isSwapped: Bool = false
  ) -> [Double]? {
    var isExact = true
    let numbers = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      for index in 0..<count {
        let bits = bytes.loadUnaligned(fromByteOffset: index * stride, as: type)
        let value = isSwapped ? bits.byteSwapped : bits
        let number = Double(value)
        if Number.bitWidth > 53, number.magnitude >= 0x1p53, Double(exactly: value) == nil {
          isExact = false
        }
        buffer[index] = number
      }
      filled = count
    }
    return isExact ? numbers : nil
  }

  /// - Parameter number: what the bits stand for.
  static func floats<Bits: FixedWidthInteger & BitwiseCopyable>(
    _ bits: Bits.Type, count: Int, stride: Int, of bytes: UnsafeRawBufferPointer,
    isSwapped: Bool = false, _ number: (Bits) -> Double
  ) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      for index in 0..<count {
        let bits = bytes.loadUnaligned(fromByteOffset: index * stride, as: bits)
        buffer[index] = number(isSwapped ? bits.byteSwapped : bits)
      }
      filled = count
    }
  }
}
