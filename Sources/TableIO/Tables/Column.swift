/// A named column: numbers or texts, with some cells missing.
public struct Column: Hashable, Sendable {
  public let name: String
  public let values: ColumnValues

  /// In a column of texts read from a file, the first cell that does not read as a number: what
  /// stood in the way of reading the column as numbers.
  ///
  /// No part of equality.
  public let firstText: LocatedText?

  /// In a column of numbers read from a file, the texts of its cells where the numbers do not keep
  /// them, as `007`: they are written again as they were.
  ///
  /// No part of equality.
  public let spelling: TextValues?

  /// Whether another program wrote the numbers of the rows to the column.
  ///
  /// No part of equality.
  public let isRowIndex: Bool

  public init(
    name: String, values: ColumnValues, firstText: LocatedText? = nil,
    spelling: TextValues? = nil, isRowIndex: Bool = false
  ) {
    self.name = name
    self.values = values
    self.firstText = firstText
    self.spelling = spelling
    self.isRowIndex = isRowIndex
  }

  /// A column of numbers; a NaN among them is a missing cell.
  public init(_ name: String, numbers: [Double]) {
    self.init(name: name, values: .numbers(NumberValues(numbers)))
  }

  /// A column of texts; `nil` is a missing cell.
  public init(_ name: String, texts: [String?]) {
    self.init(name: name, values: .texts(TextValues(texts)))
  }

  /// The number of rows.
  public var count: Int {
    switch values {
    case .numbers(let numbers): numbers.count
    case .texts(let texts): texts.count
    }
  }

  public var missingCount: Int {
    switch values {
    case .numbers(let numbers): numbers.missingCount
    case .texts(let texts): texts.missingCount
    }
  }

  /// Rows whose cell is missing, ascending.
  ///
  /// O(rows).
  public var missingRows: [Int] {
    switch values {
    case .numbers(let numbers): numbers.missingRows
    case .texts(let texts): texts.missingRows
    }
  }

  /// The cell of a row, which must exist.
  public subscript(row: Int) -> Cell {
    switch values {
    case .numbers(let numbers): numbers[row].map(Cell.number) ?? .missing
    case .texts(let texts): texts[row].map(Cell.text) ?? .missing
    }
  }

  /// The column's numbers, or an error that says which line made it a column of texts.
  public func numbers() throws(TableError) -> NumberValues {
    switch values {
    case .numbers(let numbers): return numbers
    case .texts(let texts):
      let first = firstText ?? texts.levels.first.map { LocatedText(text: $0, line: nil) }
      throw TableError(.notNumbers(column: name, because: first))
    }
  }

  public static func == (left: Column, right: Column) -> Bool {
    left.name == right.name && left.values == right.values
  }

  /// O(1): cells are left to equality.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(count)
    hasher.combine(missingCount)
  }
}

/// The two kinds of column.
public enum ColumnValues: Hashable, Sendable {
  case numbers(NumberValues)
  case texts(TextValues)
}

/// Value in one row of one column.
public enum Cell: Hashable, Sendable {
  case number(Double)
  case text(String)
  case missing
}

/// A text and the line of the file it stands on, where there is a file.
public struct LocatedText: Hashable, Sendable {
  public let text: String
  public let line: Int?

  public init(text: String, line: Int?) {
    self.text = text
    self.line = line
  }
}
