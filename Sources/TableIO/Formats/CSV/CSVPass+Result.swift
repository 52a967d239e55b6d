/// What a walk over the rows found: columns, and what a reader should know of them.
struct CSVResult {
  private(set) var columns: [Column] = []
  private(set) var notes: [ReadingNote] = []

  /// The names of all columns of the file.
  private(set) var columnNames: [String]

  init(of pass: CSVPass, _ header: CSVHeader, _ options: ReadingOptions, _ style: NumberNotation?) {
    columnNames = header.names
    let meanings = pass.meanings(options, style)
    if pass.short.count > 0 {
      notes.append(.shortRows(count: pass.short.count, firstLine: pass.short.firstLine))
    }
    if pass.long.count > 0 {
      notes.append(.longRows(count: pass.long.count, firstLine: pass.long.firstLine))
    }
    for (index, name) in header.names.enumerated() where pass.isRead(index) {
      let read = ReadColumn(
        name, pass.columns[index], meanings[index], pass, firstText: pass.firstTexts[index],
        isAsked: options.text.contains(name), options)
      columns.append(read.column)
      notes += read.notes
    }
    nameIndex(header)
    dropEmptyEnd(header)
    if let wanted = options.columns { keep(wanted) }
  }

  private mutating func keep(_ wanted: Set<String>) {
    columns.removeAll { !wanted.contains($0.name) }
    notes.removeAll { note in note.column.map { !wanted.contains($0) } ?? false }
  }

  /// Marks the first column where it is what other programs write the numbers of rows to.
  private mutating func nameIndex(_ header: CSVHeader) {
    guard let first = columns.first, columnNames.count > 1, first.name == columnNames[0],
      header.hasNamelessFirst || first.name == "Unnamed: 0", first.countsRows
    else { return }
    columns[0] = Column(
      name: first.name, values: first.values, firstText: first.firstText, isRowIndex: true)
    notes.append(.rowIndex(column: first.name))
  }

  /// Drops the last column where nothing but delimiters at the ends of lines makes it one.
  private mutating func dropEmptyEnd(_ header: CSVHeader) {
    guard header.hasNamelessLast, columnNames.count > 1, let last = columns.last, last.count > 0,
      last.missingCount == last.count
    else { return }
    columns.removeLast()
    columnNames.removeLast()
    notes.removeAll { $0 == .noValues(column: last.name) }
    notes.append(.emptyLineEnds)
  }

  /// The notes on the header that still hold.
  func notes(of header: CSVHeader) -> [ReadingNote] {
    let indexName = columns.first.flatMap { $0.isRowIndex ? $0.name : nil }
    return header.notes.filter { note in
      guard case .renamed("", let name) = note else { return true }
      return name != indexName && columns.contains { $0.name == name }
    }
  }
}

extension CSVPass {
  /// What each column is; one that no text was found in is numbers.
  func meanings(_ options: ReadingOptions, _ style: NumberNotation?) -> [ColumnMeaning] {
    let mayHaveCommas = dialect.delimiter != UInt8(ascii: ",") && options.decimal == nil
    var meanings = zip(names, columns).map { name, column -> ColumnMeaning in
      if options.text.contains(name) { return .texts }
      guard column.holdsTexts else { return .numbers(.plain) }
      return ColumnMeaning(of: cells(of: column), style: style, mayHaveCommas: mayHaveCommas)
    }
    guard style == nil, mayHaveCommas, meanings.contains(where: \.showsDecimalComma) else {
      return meanings
    }
    for (index, name) in names.enumerated() where !options.text.contains(name) {
      meanings[index] = meanings[index].amongDecimalCommas(cells(of: columns[index]))
    }
    return meanings
  }

  /// The distinct texts of a column that have a value as numbers have one.
  private func cells(of column: ColumnBuilder) -> [[UInt8]] {
    column.levels.compactMap { level in
      var level = level
      return level.withUTF8 { bytes in
        let cell = CellText.trimmed(bytes)
        return dialect.missing.contains(cell) ? nil : Array(cell)
      }
    }
  }

  /// The first cell of a column that `isMeant` holds for.
  ///
  /// O(rows + levels).
  func first(in texts: TextValues, where isMeant: (String) -> Bool) -> LocatedText? {
    let chosen = texts.levels.map(isMeant)
    guard let row = texts.codes.firstIndex(where: { $0 >= 0 && chosen[Int($0)] }) else {
      return nil
    }
    return LocatedText(text: texts.levels[Int(texts.codes[row])], line: lines.line(ofRow: row))
  }
}

/// A column of the result, and what a reader should know of it.
private struct ReadColumn {
  let column: Column
  private(set) var notes: [ReadingNote] = []

  init(
    _ name: String, _ builder: ColumnBuilder, _ meaning: ColumnMeaning, _ pass: CSVPass,
    firstText: LocatedText?, isAsked: Bool, _ options: ReadingOptions
  ) {
    let values = builder.values(compacting: pass.refusedCount > 0)
    if let (count, firstLine) = builder.notANumber {
      notes.append(.notANumber(column: name, count: count, firstLine: firstLine))
    }
    if case .texts(let texts) = values {
      switch meaning {
      case .numbers, .shares:
        column = Column(name, texts, read: meaning)
        var first = firstText
        if meaning == .numbers(.groupedByPoint), options.thousands == nil {
          first = pass.first(in: texts) { $0.contains(".") }
        }
        notes += Self.notes(name, meaning, first, hasSpelling: column.spelling != nil)
      case .texts, .eitherComma:
        let first = firstText ?? pass.first(in: texts) { isAsked || !Self.isNumber($0) }
        column = Column(name: name, values: values, firstText: first)
        if !isAsked, let first { notes += Self.notes(name, meaning, first, builder) }
      }
    } else {
      column = Column(name: name, values: values)
    }
    if pass.rows > 0, builder.hasNoValues { notes.append(.noValues(column: name)) }
  }

  private static func isNumber(_ level: String) -> Bool {
    ColumnMeaning.numbers(.plain).number(level).isNaN == false
  }

  /// What to say of numbers that do not look like any.
  private static func notes(
    _ name: String, _ meaning: ColumnMeaning, _ first: LocatedText?, hasSpelling: Bool
  ) -> [ReadingNote] {
    // Without such a cell the caller named the style.
    guard let first else { return [] }
    switch meaning {
    case .shares: return [.percentages(column: name, first: first)]
    case .numbers(.plain):
      return hasSpelling ? [.leadingZeros(column: name, first: first)] : []
    case .numbers(.decimalComma): return [.readDecimalCommas(column: name, first: first)]
    case .numbers: return [.readThousands(column: name, first: first)]
    case .texts, .eitherComma: return []
    }
  }

  /// What to say of texts that may have been meant as numbers.
  private static func notes(
    _ name: String, _ meaning: ColumnMeaning, _ first: LocatedText, _ builder: ColumnBuilder
  ) -> [ReadingNote] {
    if meaning == .eitherComma { return [.eitherComma(column: name, first: first)] }
    if builder.isNumbersBeyondDoubles { return [.inexact(column: name, first: first)] }
    if builder.isMostlyNumbers { return [.mixed(column: name, first: first)] }
    return builder.isMostlyDecimalCommas ? [.decimalCommas(column: name, first: first)] : []
  }
}

extension Column {
  /// The numbers that texts stand for; those with leading zeros stay as they were when written.
  fileprivate init(_ name: String, _ texts: TextValues, read meaning: ColumnMeaning) {
    let numbers = texts.levels.map(meaning.number)
    let values = NumberValues(
      texts.codes.map { $0 == TextValues.missingCode ? .nan : numbers[Int($0)] })
    let hasLeadingZeros = meaning == .numbers(.plain) && texts.levels.contains(where: \.isPadded)
    self.init(
      name: name, values: .numbers(values), spelling: hasLeadingZeros ? texts : nil)
  }

  /// Whether the cells are 0, 1, 2, … or 1, 2, 3, ….
  fileprivate var countsRows: Bool {
    guard case .numbers(let numbers) = values, let first = numbers.values.first,
      first == 0 || first == 1
    else { return false }
    return numbers.values.indices.allSatisfy { numbers.values[$0] == first + Double($0) }
  }
}

extension String {
  /// Whether it begins with a zero that a number does not keep.
  fileprivate var isPadded: Bool {
    var text = self
    return text.withUTF8 { CellText.hasLeadingZero(CellText.trimmed($0)) }
  }
}
