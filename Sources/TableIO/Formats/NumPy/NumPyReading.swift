extension NumPyArray {
  /// How many bytes are read at once.
  private static let blockSize = 1 << 20

  /// The columns that are wanted.
  func columns(
    of source: BinarySource, wanting: (String) -> Bool, isCancelled: () -> Bool
  ) throws(TableError) -> [BinaryColumn] {
    let wanted = fields.filter { wanting($0.name) }
    try requireMemory(rows &* 8 &* max(wanted.count, 1), for: "the table")
    let columns = wanted.map { BinaryColumn(name: $0.name, holdsTexts: $0.type.holdsTexts) }
    for column in columns { column.reserve(rows) }
    guard let first = wanted.map(\.offset).min() else { return [] }
    // Elements of one column after the other, or the rows.
    let isByColumn = wanted.contains { $0.offset - first + $0.type.size > max(stride, 1) }
    let groups = isByColumn ? wanted.indices.map { [$0] } : [Array(wanted.indices)]
    for group in groups {
      try read(group.map { (wanted[$0], columns[$0]) }, of: source, isCancelled: isCancelled)
    }
    return columns
  }

  /// Reads columns whose elements of one row lie within a stride.
  private func read(
    _ columns: [(Field, BinaryColumn)], of source: BinarySource, isCancelled: () -> Bool
  ) throws(TableError) {
    let first = columns.map(\.0.offset).min() ?? 0
    let width = columns.map { $0.0.offset + $0.0.type.size }.max() ?? first
    let rowsAtOnce = max(1, Self.blockSize / max(stride, 1))
    var row = 0
    while row < rows {
      if isCancelled() { throw TableError(.cancelled) }
      let count = min(rowsAtOnce, rows - row)
      let begin = first + row * stride
      let end = begin + (count - 1) * stride + (width - first)
      let block = try source.read(begin..<end, for: "rows \(row) to \(row + count - 1)")
      for (field, column) in columns {
        let bytes = UnsafeRawBufferPointer(rebasing: block.bytes[(field.offset - first)...])
        if let bad = field.type.append(count, stride: stride, of: bytes, to: column) {
          throw source.damaged(
            "column `\(printable(field.name))`, row \(row + bad), byte "
              + "\(field.offset + (row + bad) * stride): no text in UTF-8, or one with a NUL in it")
        }
      }
      withExtendedLifetime(block) {}
      row += count
    }
  }
}
