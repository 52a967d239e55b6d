public import TableIO

/// What a query gave: named columns of equal length.
public struct ResultTable: Hashable, Sendable {
  public let columns: [Column]
  public let rows: Int

  public init(_ columns: [Column]) {
    self.columns = columns
    rows = columns.first?.count ?? 0
  }

  /// The numbers of a column, by its place.
  ///
  /// A text that reads as a number is one, as engines send decimal numbers so. `nil` where there is no such column, or a cell is another text.
  public func numbers(_ place: Int) -> [Double]? {
    guard columns.indices.contains(place) else { return nil }
    switch columns[place].values {
    case .numbers(let numbers): return numbers.values
    case .texts(let texts):
      var numbers: [Double] = []
      numbers.reserveCapacity(texts.count)
      let levels = texts.levels.map(Double.init)
      for code in texts.codes {
        guard code >= 0 else {
          numbers.append(.nan)
          continue
        }
        guard let number = levels[Int(code)] else { return nil }
        numbers.append(number)
      }
      return numbers
    }
  }
}

extension Column {
  var isText: Bool {
    if case .texts = values { true } else { false }
  }

  /// A text of the column that is no number.
  var firstTextCell: String {
    guard case .texts(let texts) = values else { return "" }
    return texts.levels.first { Double($0) == nil } ?? ""
  }
}
