extension Column {
  var holdsTexts: Bool { if case .texts = values { true } else { false } }

  /// The cells of columns of one name, one after the other: numbers where all are, else texts, where a
  /// column of numbers may have none.
  ///
  /// There must be one at least. O(rows + levels).
  init(joining parts: [Column]) {
    let name = parts.first?.name ?? ""
    let isRowIndex = parts.allSatisfy(\.isRowIndex)
    if parts.contains(where: \.holdsTexts) {
      let first = parts.lazy.compactMap(\.firstText).first
      self.init(
        name: name, values: .texts(TextValues(joining: parts.map { ($0.texts, $0.count) })),
        firstText: first.map { LocatedText(text: $0.text, line: nil) }, isRowIndex: isRowIndex)
      return
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts {
      if case .numbers(let values) = part.values { numbers += values.values }
    }
    let missing = parts.reduce(0) { $0 + $1.missingCount }
    let hasSpelling = parts.contains { $0.spelling != nil }
    self.init(
      name: name, values: .numbers(NumberValues(trusted: numbers, missingCount: missing)),
      spelling: hasSpelling ? TextValues(joining: parts.map { ($0.spelling, $0.count) }) : nil,
      isRowIndex: isRowIndex)
  }

  /// A text for so many rows, and another for the next ones.
  init(_ name: String, of runs: [(text: String?, rows: Int)]) {
    let parts = runs.map { run in
      (
        TextValues(
          codes: Array(repeating: 0, count: run.rows), levels: run.text.map { [$0] } ?? []),
        run.rows
      )
    }
    self.init(name: name, values: .texts(TextValues(joining: parts)))
  }

  private var texts: TextValues? { if case .texts(let texts) = values { texts } else { nil } }
}

extension TextValues {
  /// The rows of several columns, one after the other; `nil` stands for missing cells.
  fileprivate init(joining parts: [(texts: TextValues?, rows: Int)]) {
    var codes: [Int32] = []
    codes.reserveCapacity(parts.reduce(0) { $0 + $1.rows })
    var levels: [String] = []
    var known: [String: Int32] = [:]
    for (texts, rows) in parts {
      guard let texts else {
        codes += repeatElement(Self.missingCode, count: rows)
        continue
      }
      let own = texts.levels.map { level -> Int32 in
        if let code = known[level] { return code }
        let code = Int32(truncatingIfNeeded: levels.count)
        known[level] = code
        levels.append(level)
        return code
      }
      codes += texts.codes.lazy.map { $0 < 0 ? Self.missingCode : own[Int($0)] }
    }
    self.init(codes: codes, levels: levels)
  }
}

extension Table {
  /// The rows of batches of one file, one after the other.
  ///
  /// - Parameter names: the columns, which are empty where there are no batches.
  public init(joining batches: [Table], named names: [String]) throws(TableError) {
    let names = batches.first?.columnNames ?? names
    try self.init(
      columns: names.map { name in
        Column(
          joining: batches.isEmpty
            ? [Column(name, texts: [])] : batches.compactMap { $0[name] })
      })
  }
}
