import CADBC
import NumberText
import ParallelWork
import TableIO

/// Reads the batches of an Arrow stream into one table.
enum ArrowStreamReader {
  /// - Complexity: O(cells).
  static func read(
    _ stream: inout ArrowArrayStream, engine: String
  ) throws(DatabaseError) -> ResultTable {
    var schema = ArrowSchema()
    guard let next = stream.get_next, let describe = stream.get_schema else {
      throw .unexpectedAnswer(engine: engine, reason: "it sent no rows")
    }
    guard describe(&stream, &schema) == 0 else {
      throw .query(engine: engine, reason: stream.lastError)
    }
    defer { schema.release?(&schema) }
    let columns = try columns(of: schema, engine)
    while true {
      var batch = ArrowArray()
      guard next(&stream, &batch) == 0 else {
        throw .query(engine: engine, reason: stream.lastError)
      }
      guard batch.release != nil else { break }
      defer { batch.release?(&batch) }
      try append(batch, to: columns, engine)
    }
    return ResultTable(columns.map(\.column))
  }

  private static func columns(
    of schema: ArrowSchema, _ engine: String
  ) throws(DatabaseError) -> [ArrowColumn] {
    guard let format = schema.format, String(cString: format) == "+s", schema.n_children >= 0 else {
      throw .unexpectedAnswer(engine: engine, reason: "its rows have no columns")
    }
    var columns: [ArrowColumn] = []
    for place in 0..<Int(schema.n_children) {
      guard let child = schema.children?[place]?.pointee else {
        throw .unexpectedAnswer(engine: engine, reason: "a column is missing")
      }
      let name = child.name.map { String(cString: $0) } ?? ""
      columns.append(ArrowColumn(name, try ArrowFormat(child, column: name)))
    }
    return columns
  }

  private static func append(
    _ batch: ArrowArray, to columns: [ArrowColumn], _ engine: String
  ) throws(DatabaseError) {
    guard batch.length >= 0, batch.offset >= 0, batch.n_children == Int64(columns.count) else {
      throw .unexpectedAnswer(engine: engine, reason: "a batch has other columns than the first")
    }
    let (start, count) = (Int(batch.offset), Int(batch.length))
    let isWhole = start.addingReportingOverflow(count)
    let bytes = count.multipliedReportingOverflow(by: 24 * max(columns.count, 1))
    guard !isWhole.overflow, !bytes.overflow, AvailableMemory.holds(bytes.partialValue) else {
      throw .noMemory(rows: columns.first?.count ?? 0)
    }
    for (place, column) in columns.enumerated() {
      guard let child = batch.children?[place]?.pointee, child.length >= isWhole.partialValue else {
        throw .unexpectedAnswer(engine: engine, reason: "a batch is shorter than it says")
      }
      try column.append(
        ArrowCells(child, column.format, engine: engine), start..<isWhole.partialValue, engine)
    }
  }
}

extension ArrowArrayStream {
  fileprivate var lastError: String {
    mutating get {
      let text = get_last_error?(&self).map { String(cString: $0).onOneLine }
      return text.flatMap { $0.isEmpty ? nil : $0 } ?? "the connection broke off"
    }
  }
}

/// A column while batches of it arrive: numbers, until a cell is a text.
final class ArrowColumn {
  let name: String
  let format: ArrowFormat
  private var numbers: [Double] = []
  private var texts: [String?]?

  init(_ name: String, _ format: ArrowFormat) {
    self.name = name
    self.format = format
    if !format.isNumeric { texts = [] }
  }

  var count: Int { texts?.count ?? numbers.count }

  func append(
    _ cells: ArrowCells, _ range: Range<Int>, _ engine: String
  ) throws(DatabaseError) {
    if texts == nil, let doubles = cells.doubles {
      numbers.append(contentsOf: doubles[range])
      return
    }
    for position in range {
      switch try cells.cell(position, engine: engine) {
      case .number(let number): append(number)
      case .inexact(let text), .text(let text): append(text)
      case .missing: if texts == nil { numbers.append(.nan) } else { texts?.append(nil) }
      }
    }
  }

  private func append(_ number: Double) {
    if texts == nil { numbers.append(number) } else { texts?.append(number.shortestText) }
  }

  private func append(_ text: String) {
    if texts == nil { texts = numbers.map { $0.isNaN ? nil : $0.shortestText } }
    texts?.append(text)
  }

  var column: Column {
    texts.map { Column(name, texts: $0) } ?? Column(name, numbers: numbers)
  }
}

extension ArrowFormat {
  fileprivate var isNumeric: Bool {
    switch self {
    case .whole, .single, .double, .decimal: true
    case .dictionary(_, let values): values.isNumeric
    default: false
    }
  }
}
