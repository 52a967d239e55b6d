/// What the texts of a column are, once all of them are known: numbers in some style, or texts.
enum ColumnMeaning: Equatable {
  case texts
  case numbers(NumberNotation)
  /// Percentages, read as shares.
  case shares(NumberNotation)
  /// Each comma may stand for a point, or separate thousands: `1,234`.
  case eitherComma

  /// - Parameters:
  ///   - cells: the distinct texts of the column that are not missing.
  ///   - style: the one that the caller named.
  ///   - mayHaveCommas: whether decimal commas are likely, as in a file divided by `;`.
  init(of cells: [[UInt8]], style: NumberNotation?, mayHaveCommas: Bool) {
    func all(_ test: (Bytes) -> Double?) -> Bool {
      !cells.isEmpty && cells.allSatisfy { $0.withUnsafeBufferPointer { test($0) != nil } }
    }
    if let style {
      self = all(style.number) ? .numbers(style) : all(style.share) ? .shares(style) : .texts
    } else if all(NumberNotation.plain.number) {
      self = .numbers(.plain)
    } else if all(NumberNotation.plain.share) {
      self = .shares(.plain)
    } else if all(NumberNotation.groupedByComma.number) {
      let isEvident = cells.contains { cell in
        cell.count { $0 == UInt8(ascii: ",") } > 1
          || cell.contains(UInt8(ascii: ",")) && cell.contains(UInt8(ascii: "."))
      }
      let isNoFraction = isEvident || !all(NumberNotation.decimalComma.number)
      self = isNoFraction ? .numbers(.groupedByComma) : .eitherComma
    } else if !mayHaveCommas {
      self = .texts
    } else if all(NumberNotation.decimalComma.number) {
      self = .numbers(.decimalComma)
    } else if all(NumberNotation.decimalComma.share) {
      self = .shares(.decimalComma)
    } else {
      self = all(NumberNotation.groupedByPoint.number) ? .numbers(.groupedByPoint) : .texts
    }
  }

  /// Whether the column shows that the file's decimal mark is a comma.
  var showsDecimalComma: Bool {
    switch self {
    case .numbers(let style), .shares(let style): style.decimal == UInt8(ascii: ",")
    case .texts, .eitherComma: false
    }
  }

  /// The same in a file whose other columns have decimal commas.
  func amongDecimalCommas(_ cells: [[UInt8]]) -> ColumnMeaning {
    switch self {
    case .eitherComma: return .numbers(.decimalComma)
    case .numbers(.plain):
      let hasGroups = cells.contains { $0.contains(UInt8(ascii: ".")) }
      let areGroups = cells.allSatisfy {
        $0.withUnsafeBufferPointer { NumberNotation.groupedByPoint.number($0) != nil }
      }
      return hasGroups && areGroups ? .numbers(.groupedByPoint) : self
    case .texts, .numbers, .shares: return self
    }
  }

  /// The number of a text; NaN where it has no value.
  func number(_ level: String) -> Double {
    var level = level
    return level.withUTF8 { bytes in
      let cell = CellText.trimmed(bytes)
      switch self {
      case .numbers(let style): return style.number(cell) ?? .nan
      case .shares(let style): return style.share(cell) ?? .nan
      case .texts, .eitherComma: return .nan
      }
    }
  }
}
