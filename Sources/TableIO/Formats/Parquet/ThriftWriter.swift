/// Writes Thrift's compact protocol (thrift/doc/specs/thrift-compact-protocol.md).
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var last = 0

  private mutating func field(_ number: Int, _ kind: ThriftReader.Kind) {
    let step = number - last
    if (1...15).contains(step) {
      bytes.append(UInt8(step) << 4 | kind.rawValue)
    } else {
      bytes.append(kind.rawValue)
      bytes.appendZigZag(number)
    }
    last = number
  }

  mutating func integer(_ number: Int, _ value: Int, isLong: Bool = false) {
    field(number, isLong ? .int64 : .int32)
    bytes.appendZigZag(value)
  }

  mutating func text(_ number: Int, _ text: String) {
    field(number, .binary)
    bytes.appendVariable(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func structure(_ number: Int, _ body: (inout ThriftWriter) -> Void) {
    field(number, .structure)
    element(body)
  }

  mutating func structures<Element>(
    _ number: Int, _ elements: [Element], _ body: (inout ThriftWriter, Element) -> Void
  ) {
    head(number, elements.count, .structure)
    for element in elements { self.element { body(&$0, element) } }
  }

  mutating func integers(_ number: Int, _ values: [Int]) {
    head(number, values.count, .int32)
    for value in values { bytes.appendZigZag(value) }
  }

  mutating func texts(_ number: Int, _ texts: [String]) {
    head(number, texts.count, .binary)
    for text in texts {
      bytes.appendVariable(text.utf8.count)
      bytes.append(contentsOf: text.utf8)
    }
  }

  /// Ends the outermost structure.
  mutating func end() { bytes.append(0) }

  private mutating func head(_ number: Int, _ count: Int, _ kind: ThriftReader.Kind) {
    field(number, .list)
    if count < 15 { return bytes.append(UInt8(count) << 4 | kind.rawValue) }
    bytes.append(0xF0 | kind.rawValue)
    bytes.appendVariable(count)
  }

  private mutating func element(_ body: (inout ThriftWriter) -> Void) {
    let outer = last
    last = 0
    body(&self)
    end()
    last = outer
  }
}

extension [UInt8] {
  /// 7 bits a byte, the least first.
  mutating func appendVariable(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value))
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  mutating func appendZigZag(_ value: Int) { appendVariable(value << 1 ^ value >> 63) }

  mutating func appendLittleEndian<Number: FixedWidthInteger>(_ value: Number) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
