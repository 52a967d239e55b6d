/// Which rows of a table have which scores and classes, in SQL.
public struct ScoreSQL: Sendable {
  public let table: StoredTable
  public let score: String
  public let label: String
  /// Whether a row is positive.
  public let isPositive: SQLExpression
  public let weight: String?

  public init(
    _ table: StoredTable, score: String, label: String, isPositive: SQLExpression, weight: String?
  ) {
    self.table = table
    self.score = score
    self.label = label
    self.isPositive = isPositive
    self.weight = weight
  }

  private var dialect: SQLDialect { table.dialect }
  var scoreName: String { dialect.name(score) }

  /// Whether a row counts: `BETWEEN` is false for what is missing, not a number or infinite, however
  /// an engine orders these.
  private var counts: [String] {
    ["\(scoreName) BETWEEN -1e308 AND 1e308", "\(dialect.name(label)) IS NOT NULL"]
      + (weight.map { ["\(dialect.name($0)) > 0"] } ?? [])
  }

  private var positive: String { dialect.text(isPositive) }
  private var unit: String { weight.map(dialect.name) ?? "1" }

  // MARK: - The queries

  /// How many rows there are, why some do not count, and the extent of the others' scores.
  public var population: String {
    let counted = "(" + counts.joined(separator: " AND ") + ")"
    let sums: [(String, String)] = [
      ("rows_found", "1"), ("without_score", when("\(scoreName) IS NULL")),
      ("without_label", when("\(dialect.name(label)) IS NULL")),
      ("without_weight", weight.map { when("\(dialect.name($0)) IS NULL") } ?? "0"),
      ("below_zero", weight.map { when("\(dialect.name($0)) < 0") } ?? "0"),
      ("rows_counted", when(counted)), ("positive_rows", when("\(counted) AND \(positive)")),
      ("positives", when("\(counted) AND \(positive)", unit)),
      ("negatives", when("\(counted) AND NOT \(positive)", unit)),
    ]
    let list =
      sums.map { "SUM(\($0.1)) AS \($0.0)" } + [
        "MIN(CASE WHEN \(counted) THEN \(scoreName) END) AS least",
        "MAX(CASE WHEN \(counted) THEN \(scoreName) END) AS greatest",
      ]
    return dialect.select(list.joined(separator: ", "), table.relation)
  }

  /// The rows of each class in each step of a grid.
  func steps(of exponent: Int) -> String {
    grouped(by: [("b", "FLOOR(\(dialect.product(scoreName, exponent)))")], where: [])
  }

  /// The same for several parts of the scores, each with its own grid, in one pass.
  func steps(of parts: [(extent: ClosedRange<Double>, exponent: Int)]) -> String {
    let tests = parts.map { dialect.within($0.extent, scoreName) }
    var (part, step) = ("CASE", "CASE")
    for (place, test) in tests.enumerated() {
      part += " WHEN \(test) THEN \(place)"
      step += " WHEN \(test) THEN FLOOR(\(dialect.product(scoreName, parts[place].exponent)))"
    }
    return grouped(
      by: [("part", part + " END"), ("b", step + " END")],
      where: ["(\(tests.joined(separator: " OR ")))"])
  }

  /// The rows of each class of each score.
  func scores(within extents: [ClosedRange<Double>]) -> String {
    let tests = extents.map { dialect.within($0, scoreName) }
    return grouped(
      by: [("s", scoreName)], where: tests.isEmpty ? [] : ["(\(tests.joined(separator: " OR ")))"])
  }

  /// The rows of each class of each score, with sums of columns for each class.
  ///
  /// A missing value adds nothing, and is counted. Zeros are written as fractions, since SQLite gives
  /// each answer the type of its own numbers, and drivers want one type a column.
  public func sums(of columns: [String]) -> String {
    var keys = [("s", scoreName)]
    var list = ["SUM(p) AS p", "SUM(n) AS n"]
    for (place, column) in columns.enumerated() {
      let name = dialect.name(column)
      let value = "CASE WHEN \(name) IS NULL THEN 0.0 ELSE \(name)*1.0 END"
      keys += [("c\(place)", value), ("x\(place)", when("\(name) IS NULL"))]
      list += [
        "SUM(CASE WHEN p > 0 THEN c\(place) ELSE 0.0 END) AS p\(place)",
        "SUM(CASE WHEN n > 0 THEN c\(place) ELSE 0.0 END) AS n\(place)",
        "MIN(c\(place)) AS m\(place)", "SUM(x\(place)) AS x\(place)",
      ]
    }
    let inner = dialect.select(
      keys.map { "\($0.1) AS \($0.0)" }.joined(separator: ", ")
        + ", \(when(positive, unit)) AS p, \(when("NOT \(positive)", unit)) AS n",
      table.relation, where: counts)
    return "SELECT s, \(list.joined(separator: ", ")) FROM (\(inner)) q GROUP BY s"
  }

  /// The values of columns among the rows that count.
  public func values(of columns: [String]) -> String {
    let names = columns.map(dialect.name).joined(separator: ", ")
    return dialect.select("\(names), COUNT(*) AS n", table.relation, where: counts)
      + " GROUP BY \(names) ORDER BY \(names)"
  }

  /// SQL that counts the flagged rows of each class at a threshold, and gives the greatest score
  /// below it.
  public func certificate(_ threshold: Double) -> String { certificates([threshold]) }

  /// The same at several thresholds, in one pass; from the second on the names have a number.
  func certificates(_ thresholds: [Double]) -> String {
    let list = thresholds.enumerated().map { place, threshold in
      let flagged = dialect.atLeast(threshold, scoreName)
      let number = place == 0 ? "" : "\(place + 1)"
      return "SUM(\(when("\(flagged) AND \(positive)", unit))) AS tp\(number), "
        + "SUM(\(when("\(flagged) AND NOT \(positive)", unit))) AS fp\(number), "
        + "MAX(CASE WHEN \(dialect.below(threshold, scoreName)) THEN \(scoreName) END) "
        + "AS below\(number)"
    }
    return dialect.select(list.joined(separator: ", "), table.relation, where: counts)
  }

  /// The rows of each class in each of some cells of scores, as a table of `score`, `label` and
  /// `weight`: each row stands for as many as its weight says, with the least of their scores.
  ///
  /// - Parameters:
  ///   - edges: Where each cell begins, strictest first.
  ///   - areDropped: One a cell: the others' scores are kept apart.
  public func rows(ofCells edges: [Double], areDropped: [Bool]) -> String {
    let cell = place(of: 0..<edges.count, edges)
    let inner = dialect.select(
      "\(cell) AS cell, \(scoreName) AS s, \(when(positive)) AS label, \(unit) AS w",
      table.relation, where: counts)
    let tried = edges.indices.filter { !areDropped[$0] }.map(String.init).joined(separator: ", ")
    let own = tried.isEmpty ? "0" : "CASE WHEN cell IN (\(tried)) THEN s END"
    return "SELECT MIN(s) AS score, label, SUM(w) AS weight FROM "
      + "(SELECT cell, \(own) AS own, s, label, w FROM (\(inner)) q) r GROUP BY cell, own, label"
  }

  /// The number of the cell that a score belongs to, by halving.
  private func place(of cells: Range<Int>, _ edges: [Double]) -> String {
    if cells.count <= 1 { return "\(cells.lowerBound)" }
    let middle = (cells.lowerBound + cells.upperBound) / 2
    return "CASE WHEN \(dialect.atLeast(edges[middle - 1], scoreName)) "
      + "THEN \(place(of: cells.lowerBound..<middle, edges)) "
      + "ELSE \(place(of: middle..<cells.upperBound, edges)) END"
  }

  // MARK: - Parts

  private func when(_ condition: String, _ value: String = "1") -> String {
    "CASE WHEN \(condition) THEN \(value) ELSE \(value == "1" ? "0" : "0.0") END"
  }

  /// A nested query, since engines differ in what `GROUP BY` may name.
  private func grouped(
    by keys: [(name: String, value: String)], where further: [String]
  ) -> String {
    let inner = dialect.select(
      keys.map { "\($0.value) AS \($0.name)" }.joined(separator: ", ")
        + ", \(when(positive, unit)) AS p, \(when("NOT \(positive)", unit)) AS n",
      table.relation, where: counts + further)
    let names = keys.map(\.name).joined(separator: ", ")
    return "SELECT \(names), SUM(p) AS p, SUM(n) AS n FROM (\(inner)) q GROUP BY \(names)"
  }
}
