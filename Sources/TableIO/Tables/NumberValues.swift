/// A column of numbers in which a cell is missing exactly where its value is NaN.
public struct NumberValues: Hashable, Sendable {
  /// One for each row.
  ///
  /// Infinities are numbers; NaN stands at missing cells and nowhere else.
  public let values: [Double]

  public let missingCount: Int

  /// O(rows).
  public init(_ values: [Double]) {
    var missing = 0
    for value in values where value.isNaN { missing += 1 }
    self.init(trusted: values, missingCount: missing)
  }

  init(trusted values: [Double], missingCount: Int) {
    self.values = values
    self.missingCount = missingCount
  }

  public var count: Int { values.count }

  /// The number of a row, which must exist; `nil` where it is missing.
  public subscript(row: Int) -> Double? { values[row].isNaN ? nil : values[row] }

  /// Rows without a number, ascending.
  ///
  /// O(rows), O(1) when none is missing.
  public var missingRows: [Int] {
    missingCount == 0 ? [] : values.indices.filter { values[$0].isNaN }
  }

  func selecting(_ rows: [Int]) -> NumberValues {
    let chosen = rows.map { values[$0] }
    return missingCount == 0
      ? NumberValues(trusted: chosen, missingCount: 0) : NumberValues(chosen)
  }

  /// Bit for bit, so that 0 and -0 differ, and a missing cell equals a missing cell.
  public static func == (left: NumberValues, right: NumberValues) -> Bool {
    guard left.count == right.count, left.missingCount == right.missingCount else { return false }
    return zip(left.values, right.values).allSatisfy { one, other in
      one.bitPattern == other.bitPattern || (one.isNaN && other.isNaN)
    }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(missingCount)
  }
}
