import CADBC
import TableIO
import Testing

@testable import Databases

/// Arrays made by hand, as a driver would hand them over.
@Suite struct ArrowTests {
  /// A column of one batch: its format, its values as bytes, and which cells are there.
  private func column<Value>(
    _ format: String, _ values: [Value], validity: [UInt8]? = nil, offset: Int64 = 0,
    text: [UInt8]? = nil, length: Int? = nil
  ) throws -> [Cell] {
    let batch = HandMade(format, values, validity, offset, text, length ?? values.count)
    defer { batch.free() }
    var stream = batch.stream
    let table = try ArrowStreamReader.read(&stream, engine: "test")
    stream.release?(&stream)
    #expect(batch.released == ["array", "schema", "stream"])
    return (0..<table.rows).map { table.columns[0][$0] }
  }

  @Test func readsNumbers() throws {
    #expect(try column("g", [0.5, -1.25]) == [.number(0.5), .number(-1.25)])
    #expect(try column("f", [Float(0.1)]) == [.number(Double(Float(0.1)))])
    #expect(try column("l", [Int64.min, 3]) == [.number(-0x1p63), .number(3)])
    #expect(try column("L", [UInt64(7)]) == [.number(7)])
    #expect(try column("i", [Int32(-7)]) == [.number(-7)])
    #expect(try column("I", [UInt32.max]) == [.number(4_294_967_295)])
    #expect(try column("s", [Int16(-300)]) == [.number(-300)])
    #expect(try column("S", [UInt16(65_535)]) == [.number(65_535)])
    #expect(try column("c", [Int8(-128)]) == [.number(-128)])
    #expect(try column("C", [UInt8(255)]) == [.number(255)])
  }

  @Test func keepsWholeNumbersThatNoDoubleHolds() throws {
    #expect(
      try column("l", [Int64(1), 9_007_199_254_740_993])
        == [.text("1"), .text("9007199254740993")])
  }

  @Test func readsDecimals() throws {
    // 128 bits, low half first: 12345 and -12345 with two digits after the point.
    #expect(
      try column("d:38,2", [UInt64(12_345), 0, UInt64(bitPattern: -12_345), .max], length: 2)
        == [.number(123.45), .number(-123.45)])
    #expect(try column("d:38,0", [UInt64(0), 1], length: 1) == [.text("18446744073709551616")])
    #expect(try column("d:38,-2", [UInt64(5), 0], length: 1) == [.number(500)])
    #expect(try column("d:38,5", [UInt64(5), 0], length: 1) == [.number(0.00005)])
  }

  @Test func readsDaysAndTimes() throws {
    #expect(
      try column("tdD", [Int32(0), -1, 20_727])
        == ["1970-01-01", "1969-12-31", "2026-10-01"].map(Cell.text))
    #expect(try column("tdm", [Int64(86_400_000)]) == [.text("1970-01-02")])
    // 2000-02-29 23:59:59.5 UTC
    #expect(
      try column("tsu:", [Int64(951_868_799_500_000)]) == [.text("2000-02-29 23:59:59.5")])
    #expect(try column("tss:UTC", [Int64(-1)]) == [.text("1969-12-31 23:59:59Z")])
    #expect(try column("ttn", [Int64(3_600_000_000_001)]) == [.text("01:00:00.000000001")])
    #expect(try column("tss:", [Int64.max]).count == 1)
  }

  @Test func leavesOutWhatIsMissing() throws {
    #expect(
      try column("g", [1.0, 2, 3], validity: [0b101]) == [.number(1), .missing, .number(3)])
    #expect(try column("n", [UInt8](), length: 2) == [.missing, .missing])
  }

  @Test func startsAtTheOffset() throws {
    #expect(
      try column("i", [Int32(9), 9, 1, 2], validity: [0b0100], offset: 2, length: 2)
        == [.number(1), .missing])
    #expect(
      try column("b", [UInt8(0b110)], offset: 1, length: 2) == [.text("true"), .text("true")])
  }

  @Test func readsTexts() throws {
    let bytes = Array("fraudé".utf8)
    #expect(
      try column("u", [Int32(0), 5, 5, 7], text: bytes, length: 3)
        == ["fraud", "", "é"].map(Cell.text))
    #expect(try column("U", [Int64(0), 5], text: bytes, length: 1) == [.text("fraud")])
    #expect(try column("z", [Int32(0), 2], text: [0xAB, 0x01], length: 1) == [.text("0xab01")])
  }

  @Test func refusesWhatItDoesNotKnow() {
    #expect(throws: DatabaseError.unsupportedType(column: "x", format: "+l")) {
      try column("+l", [0.5])
    }
    #expect(throws: DatabaseError.unexpectedAnswer(engine: "test", reason: "a text is not UTF-8")) {
      try column("u", [Int32(0), 1], text: [0xFF], length: 1)
    }
    #expect(
      throws: DatabaseError.unexpectedAnswer(engine: "test", reason: "an Arrow text has no bytes")
    ) {
      try column("u", [Int32(3), 1], text: [0x40, 0x41, 0x42], length: 1)
    }
    #expect(
      throws: DatabaseError.unexpectedAnswer(
        engine: "test", reason: "a batch is shorter than it says")
    ) {
      try column("g", [0.5], length: -1)
    }
  }
}

/// A stream of one batch with one column, and what of it was given back.
private final class HandMade {
  private(set) var released: [String] = []
  private var allocations: [UnsafeMutableRawPointer] = []
  private let schema: UnsafeMutablePointer<ArrowSchema>
  private let array: UnsafeMutablePointer<ArrowArray>
  private var isSent = false
  private let rows: Int64

  init<Value>(
    _ format: String, _ values: [Value], _ validity: [UInt8]?, _ offset: Int64, _ text: [UInt8]?,
    _ length: Int
  ) {
    schema = .allocate(capacity: 1)
    array = .allocate(capacity: 1)
    rows = Int64(abs(length))
    schema.initialize(to: ArrowSchema())
    array.initialize(to: ArrowArray())
    schema.pointee.format = UnsafePointer(copy(format.utf8CString.map { $0 }))
    schema.pointee.name = UnsafePointer(copy("x".utf8CString.map { $0 }))
    let buffers: [UnsafeRawPointer?] =
      format == "n"
      ? []
      : [
        validity.map { UnsafeRawPointer(copy($0)) }, UnsafeRawPointer(copy(values)),
        text.map { UnsafeRawPointer(copy($0)) },
      ].dropLast(text == nil ? 1 : 0)
    array.pointee.buffers = copy(buffers)
    array.pointee.n_buffers = Int64(buffers.count)
    array.pointee.offset = offset
    array.pointee.length = Int64(length)
    array.pointee.null_count = validity == nil ? 0 : -1
  }

  private func copy<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(values.count, 1))
    memory.initialize(from: values, count: values.count)
    allocations.append(UnsafeMutableRawPointer(memory))
    return memory
  }

  func free() {
    for memory in allocations { memory.deallocate() }
    schema.deallocate()
    array.deallocate()
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) throws -> HandMade {
    Unmanaged<HandMade>.fromOpaque(try #require(pointer)).takeUnretainedValue()
  }

  var stream: ArrowArrayStream {
    var stream = ArrowArrayStream()
    stream.private_data = Unmanaged.passUnretained(self).toOpaque()
    stream.get_schema = { stream, out in
      (try? HandMade.of(stream?.pointee.private_data).describe(in: out)) == nil ? 1 : 0
    }
    stream.get_next = { stream, out in
      (try? HandMade.of(stream?.pointee.private_data).send(to: out)) == nil ? 1 : 0
    }
    stream.release = { stream in
      try? HandMade.of(stream?.pointee.private_data).released.append("stream")
      stream?.pointee.release = nil
    }
    return stream
  }

  private func describe(in out: UnsafeMutablePointer<ArrowSchema>?) {
    var whole = ArrowSchema()
    whole.format = UnsafePointer(copy("+s".utf8CString.map { $0 }))
    whole.n_children = 1
    whole.children = copy([Optional(schema)])
    whole.private_data = Unmanaged.passUnretained(self).toOpaque()
    whole.release = { schema in
      try? HandMade.of(schema?.pointee.private_data).released.append("schema")
      schema?.pointee.release = nil
    }
    out?.pointee = whole
  }

  private func send(to out: UnsafeMutablePointer<ArrowArray>?) {
    var batch = ArrowArray()
    if !isSent {
      isSent = true
      batch.length = rows
      batch.n_children = 1
      batch.children = copy([Optional(array)])
      batch.private_data = Unmanaged.passUnretained(self).toOpaque()
      batch.release = { array in
        try? HandMade.of(array?.pointee.private_data).released.append("array")
        array?.pointee.release = nil
      }
    }
    out?.pointee = batch
  }
}
