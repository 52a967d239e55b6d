extension Table {
  /// The given rows, from 0, in the given order; a row may stand several times.
  ///
  /// Throws `rowOutOfRange`. O(rows × columns).
  public func subset(rows chosen: [Int]) throws(TableError) -> Table {
    // Looked for without leaving the loop, which is several times as fast.
    let areAllRows = chosen.reduce(true) { $0 && UInt(bitPattern: $1) < UInt(bitPattern: rows) }
    if !areAllRows, let wrong = chosen.first(where: { !(0..<rows).contains($0) }) {
      throw TableError(.rowOutOfRange(wrong, rows: rows))
    }
    let origin = origin.selecting(chosen)
    return Table(trusted: columns.map { $0.selecting(chosen) }, origin: origin)
  }

  /// The rows for which `keep` is true, in their order; `keep` has one element for each row.
  public func filtered(_ keep: [Bool]) throws(TableError) -> Table {
    guard keep.count == rows else {
      throw TableError(.unequalLengths(column: "filter", count: keep.count, expected: rows))
    }
    return try subset(rows: keep.indices.filter { keep[$0] })
  }

  /// The columns of these names, in this order.
  ///
  /// Throws `unknownColumn` or `duplicateName`.
  public func selecting(_ names: [String]) throws(TableError) -> Table {
    var selected: [Column] = []
    for name in names { selected.append(try column(name)) }
    return try Table(columns: selected, origin: origin)
  }

  /// All columns but those of these names.
  ///
  /// Throws `unknownColumn`.
  public func removing(_ names: [String]) throws(TableError) -> Table {
    for name in names { _ = try column(name) }
    return Table(trusted: columns.filter { !names.contains($0.name) }, origin: origin)
  }

  /// The table with one more column, at the end.
  ///
  /// Throws `duplicateName` or `unequalLengths`.
  public func appending(_ column: Column) throws(TableError) -> Table {
    if columns.isEmpty && rows == 0 { return try Table(columns: [column]) }
    return try Table(columns: columns + [column], origin: origin)
  }
}

extension Column {
  /// The given rows, which must exist.
  func selecting(_ rows: [Int]) -> Column {
    switch values {
    case .numbers(let numbers):
      Column(
        name: name, values: .numbers(numbers.selecting(rows)),
        spelling: spelling?.selecting(rows), isRowIndex: isRowIndex)
    case .texts(let texts):
      Column(name: name, values: .texts(texts.selecting(rows)), firstText: firstText)
    }
  }
}
