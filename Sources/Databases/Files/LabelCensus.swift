import TableIO

/// What the first pass over a file counts: before it is known which labels are positive, the rows of
/// each label.
struct LabelCensus {
  let score: String
  let label: String
  let weight: String?
  private(set) var labels = LabelTally()
  private(set) var rowsFound = 0
  /// Rows with all values, and a weight above 0.
  private(set) var rows = 0
  private var incomplete = 0
  private var (withoutScore, withoutLabel, withoutWeight) = (0, 0, 0)
  private var (least, greatest) = (Double.infinity, -Double.infinity)
  private var (largestWeight, largestPlace) = (0.0, "")
  private var firstLeftOut: [String] = []

  init(score: String, label: String, weight: String?) {
    (self.score, self.label, self.weight) = (score, label, weight)
  }

  mutating func add(_ batch: Table) throws(DatabaseError) {
    let scores = try batch.numbers(score)
    let weights: [Double]? = if let weight { try batch.numbers(weight) } else { nil }
    let codes = try labels.codes(of: batch, label)
    rowsFound += batch.rows
    for row in 0..<batch.rows {
      let weight = weights?[row] ?? 1
      if scores[row].isNaN || codes[row] < 0 || weight.isNaN {
        leaveOut(row, of: batch, scores[row].isNaN, codes[row] < 0, weight.isNaN)
        continue
      }
      try batch.check(weight: weight, ofRow: row)
      labels.add(codes[row], weight)
      guard weight > 0 else { continue }
      rows += 1
      if weight > largestWeight {
        (largestWeight, largestPlace) = (weight, batch.place(ofRow: row))
      }
      least = min(least, scores[row])
      greatest = max(greatest, scores[row])
    }
  }

  private mutating func leaveOut(
    _ row: Int, of batch: Table, _ lacksScore: Bool, _ lacksLabel: Bool, _ lacksWeight: Bool
  ) {
    incomplete += 1
    if lacksScore { withoutScore += 1 }
    if lacksLabel { withoutLabel += 1 }
    if lacksWeight { withoutWeight += 1 }
    guard firstLeftOut.count < 5 else { return }
    let names = [(lacksScore, score), (lacksLabel, label), (lacksWeight, weight ?? "")]
      .filter(\.0).map { "`\($0.1)`" }.joined(separator: ", ")
    firstLeftOut.append("\(batch.place(ofRow: row)) (\(names))")
  }

  /// Weights beyond these bounds would overflow, or vanish, in the products that metrics form.
  private static let weightScale = 1e-60...1e60

  /// Refuses a file without a row that counts.
  func checkRows() throws(DatabaseError) {
    guard rows > 0 else { throw .noScores(score: score, rows: Double(rowsFound)) }
    guard Self.weightScale.contains(largestWeight) else {
      throw .badWeight(largestWeight, place: largestPlace)
    }
  }

  func population(_ positive: PositiveLabels) throws(DatabaseError) -> StoredPopulation {
    let flagged = labels.sums(of: positive)
    var found = StoredPopulation(
      rowsFound: Double(rowsFound), withoutScore: Double(withoutScore),
      withoutLabel: Double(withoutLabel), withoutWeight: Double(withoutWeight),
      rows: Double(rows), positiveRows: Double(flagged.rows), positives: flagged.weight,
      negatives: flagged.others, extent: least + 0...greatest + 0)
    (found.firstLeftOut, found.incomplete) = (firstLeftOut, Double(incomplete))
    return found
  }
}

/// How many rows have each label, and what they weigh.
struct LabelTally {
  /// Beyond so many values a column is hardly one of labels; the others are counted together.
  private static let mostKnown = 1_000

  private var numbers: [Double: Int] = [:]
  private var texts: [String: Int] = [:]
  private var cells: [Cell] = []
  /// One for each cell, and a last one for all other labels; rows with a weight above 0 once more.
  private var rows = [0]
  private var weighing = [0]
  private var weights = [0.0]
  private var hasOthers = false

  /// The number of the label of each row; -1 where it is missing.
  mutating func codes(of batch: Table, _ name: String) throws(DatabaseError) -> [Int] {
    let column: Column
    do throws(TableError) { column = try batch.column(name) } catch { throw .table(error) }
    if column.missingCount == column.count { return Array(repeating: -1, count: column.count) }
    switch column.values {
    case .numbers(let values):
      try refuseMixture(column, isMixed: !texts.isEmpty)
      var (last, code) = (Double.nan, -1)
      return values.values.map { value in
        if value.isNaN { return -1 }
        if value != last { (last, code) = (value, number(of: value + 0)) }
        return code
      }
    case .texts(let values):
      try refuseMixture(column, isMixed: !numbers.isEmpty)
      let levels = values.levels.map { text(of: $0) }
      return values.codes.map { $0 == TextValues.missingCode ? -1 : levels[Int($0)] }
    }
  }

  /// Refuses a column that is numbers in one file or part and texts in another.
  private func refuseMixture(_ column: Column, isMixed: Bool) throws(DatabaseError) {
    guard isMixed else { return }
    let cell = column.firstText ?? LocatedText(text: texts.keys.min() ?? "", line: nil)
    throw .table(TableError(.notNumbers(column: column.name, because: cell)))
  }

  private mutating func number(of value: Double) -> Int {
    if let known = numbers[value] { return known }
    guard let code = newCode(.number(value)) else { return others }
    numbers[value] = code
    return code
  }

  private mutating func text(of value: String) -> Int {
    if let known = texts[value] { return known }
    guard let code = newCode(.text(value)) else { return others }
    texts[value] = code
    return code
  }

  private mutating func newCode(_ cell: Cell) -> Int? {
    guard cells.count < Self.mostKnown else {
      hasOthers = true
      return nil
    }
    cells.append(cell)
    rows.insert(0, at: cells.count - 1)
    weighing.insert(0, at: cells.count - 1)
    weights.insert(0, at: cells.count - 1)
    return cells.count - 1
  }

  /// The place of all other labels, which moves only before there are any.
  private var others: Int { cells.count }

  mutating func add(_ code: Int, _ weight: Double) {
    rows[code] += 1
    if weight > 0 { weighing[code] += 1 }
    weights[code] += weight
  }

  /// The labels that rows have, as those of a column.
  var distinct: DistinctValues {
    let known = cells.indices.filter { rows[$0] > 0 }
      .map { DistinctValue(value: cells[$0], count: rows[$0]) }
    let isNumeric = !numbers.isEmpty
    return DistinctValues(
      isNumeric ? known.sorted { $0.number < $1.number } : known, isComplete: !hasOthers)
  }

  func sums(of positive: PositiveLabels) -> (rows: Int, weight: Double, others: Double) {
    var (sum, weight, others) = (0, 0.0, weights[cells.count])
    for (place, cell) in cells.enumerated() {
      if positive.holds(cell) {
        sum += weighing[place]
        weight += weights[place]
      } else {
        others += weights[place]
      }
    }
    return (sum, weight, others)
  }
}

extension DistinctValue {
  fileprivate var number: Double { if case .number(let number) = value { number } else { .nan } }
}

extension PositiveLabels {
  fileprivate func holds(_ cell: Cell) -> Bool {
    switch (self, cell) {
    case (.number(let positive), .number(let number)): number == positive
    case (.texts(let isPositive), .text(let text)): isPositive(text)
    default: false
    }
  }
}
