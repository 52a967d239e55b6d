/// A message in the wire format of Protocol Buffers, written field after field.
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func append(_ field: UInt64, _ number: Int) {
    append(varint: field << 3)
    append(varint: UInt64(bitPattern: Int64(number)))
  }

  mutating func append(_ field: UInt64, bytes content: [UInt8]) {
    append(varint: field << 3 | 2)
    append(varint: UInt64(content.count))
    bytes += content
  }

  mutating func append(_ field: UInt64, _ text: String) { append(field, bytes: Array(text.utf8)) }

  mutating func append(_ field: UInt64, _ message: ProtocolBuffer) {
    append(field, bytes: message.bytes)
  }

  /// A message made by its fields, in order.
  static func message(_ write: (inout ProtocolBuffer) -> Void) -> ProtocolBuffer {
    var message = ProtocolBuffer()
    write(&message)
    return message
  }
}
