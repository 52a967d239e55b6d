import TableIO
import ThrModel

/// Which row of one table has the key of each row of another.
struct JoinKeys {
  /// Stands for no row.
  static let none = -1

  /// For each row of the first table that of the second.
  private(set) var partners: [Int] = []
  /// Two rows of the second table with the same key.
  private(set) var repeated: (first: Int, second: Int)?

  /// No row has a partner.
  init(withoutPartners count: Int) { partners = Array(repeating: Self.none, count: count) }

  /// Numbers; NaN is no key.
  init(_ keys: [Double], in others: [Double], _ context: CallContext) throws {
    if let range = WholeRange(others) {
      try find(keys, in: others, range, context)
    } else {
      try find(keys, in: others, context)
    }
  }

  /// Texts: only distinct ones are compared.
  init(_ keys: TextValues, in others: TextValues, _ context: CallContext) throws {
    // A text may stand among the levels twice, with characters that are written differently.
    var numbers: [String: Int] = [:]
    for level in others.levels where numbers[level] == nil { numbers[level] = numbers.count }
    let places = others.levels.map { numbers[$0] ?? Self.none }
    var rows = [Int](repeating: Self.none, count: numbers.count)
    for (row, code) in others.codes.enumerated() where code != TextValues.missingCode {
      if row & 0xFFFF == 0 { try context.checkCancelled() }
      if !note(row, in: &rows[places[Int(code)]]) { return }
    }
    let found = keys.levels.map { level in numbers[level].map { rows[$0] } ?? Self.none }
    partners = keys.codes.map { $0 == TextValues.missingCode ? Self.none : found[Int($0)] }
  }

  /// Through a row for each whole number from the least key to the greatest.
  private mutating func find(
    _ keys: [Double], in others: [Double], _ range: WholeRange, _ context: CallContext
  ) throws {
    var rows = [Int](repeating: Self.none, count: range.count)
    for (row, key) in others.enumerated() {
      if row & 0xFFFF == 0 { try context.checkCancelled() }
      guard let place = range.place(of: key) else { continue }
      if !note(row, in: &rows[place]) { return }
    }
    partners = keys.map { key in range.place(of: key).map { rows[$0] } ?? Self.none }
  }

  /// Through a dictionary, for keys that are no whole numbers or lie far apart.
  private mutating func find(
    _ keys: [Double], in others: [Double], _ context: CallContext
  ) throws {
    var rows = [Double: Int](minimumCapacity: others.count)
    for (row, key) in others.enumerated() where !key.isNaN {
      if row & 0xFFFF == 0 { try context.checkCancelled() }
      if !note(row, in: &rows[key, default: Self.none]) { return }
    }
    partners.reserveCapacity(keys.count)
    for (row, key) in keys.enumerated() {
      if row & 0xFFFF == 0 { try context.checkCancelled() }
      partners.append(key.isNaN ? Self.none : rows[key] ?? Self.none)
    }
  }

  /// Notes the row of a key; false where another row has the key.
  private mutating func note(_ row: Int, in place: inout Int) -> Bool {
    if place != Self.none {
      repeated = (place, row)
      return false
    }
    place = row
    return true
  }
}

/// Whole numbers that lie close together.
private struct WholeRange {
  private let least: Double
  private let greatest: Double
  let count: Int

  /// `nil` where the numbers are not whole, or are few for the range that they span; NaN is left out.
  init?(_ numbers: [Double]) {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    var areWhole = true
    for number in numbers where !number.isNaN {
      least = min(least, number)
      greatest = max(greatest, number)
      areWhole = areWhole && number.rounded(.towardZero) == number
    }
    let span = greatest - least
    guard areWhole, span >= 0, span < 4 * Double(numbers.count) + 1_024 else { return nil }
    self.least = least
    self.greatest = greatest
    count = Int(span) + 1
  }

  /// Where a number stands in the range, from 0.
  func place(of number: Double) -> Int? {
    guard number >= least, number <= greatest else { return nil }
    let place = Int(number - least)
    return least + Double(place) == number ? place : nil
  }
}
