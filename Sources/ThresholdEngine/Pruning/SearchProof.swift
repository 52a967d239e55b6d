import Algorithms
import NumberText
public import ParallelWork

/// Why no other threshold is better, for others to check: the scores cut into cells, with the rows
/// of each.
///
/// A cell that is dropped cannot reach the value with any of the counts that thresholds in it can
/// have; in the others every score was tried. Counting the rows once more checks both.
public struct SearchProof: Hashable, Sendable {
  public let metric: Metric
  public let goal: Direction
  public let constraint: Constraint?
  public let ties: Ties
  /// The least score that is flagged; `nil` where flagging nothing is best.
  public let threshold: Double?
  /// The counts at the threshold, and the metric's value.
  public let confusion: Confusion
  public let value: Double
  /// Strictest first; together they hold all rows.
  public let cells: [Cell]
  /// The best value that any dropped cell could have; `nil` where none is dropped but by the
  /// constraint.
  public let bound: Double?

  /// Rows from one score up to the next stricter cell.
  public struct Cell: Hashable, Sendable {
    /// The least score.
    public let least: Double
    /// The rows above it, numbers or weights.
    public let positivesAbove: Double
    public let negativesAbove: Double
    public let positives: Double
    public let negatives: Double
    public let isDropped: Bool
  }
}

/// Why there is no proof of a search.
public enum SearchProofError: CancellableError, Hashable, Sendable {
  /// The threshold was chosen on a grid, with a guarantee, in place of one that meets the
  /// constraint, or by columns, conditions or groups.
  case notProvable
  case cancelled
}

extension Tuning {
  /// Why no other threshold is better on the rows that it was chosen on.
  ///
  /// - Parameter scores: Those rows.
  /// - Complexity: O(*n*), two passes.
  public func proof(
    on scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(SearchProofError) -> SearchProof {
    guard let question = provableQuestion else { throw .notProvable }
    return try SearchProofError.ifCancelled { () throws(Cancelled) in
      let rows = scores.withoutWeightlessRows()
      let population = try rows.population(isCancelled: isCancelled)
      let counts = try rows.counts(in: ScoreBuckets(population.extent), isCancelled: isCancelled)
      let judge = CellJudge(question, population, best: value)
      let cells = ProvenCells(Cell(population).divided(by: counts), judge)
      let least = try rows.leastScores(in: cells.cells, isCancelled)
      return proof(cells, least: least)
    }
  }

  /// What was searched for, where the search proves its answer.
  var provableQuestion: Question? {
    let question = Question(metric: metric, goal: goal, constraint: constraint, ties: ties)
    let isProvable = search == .exact && certificate == nil && isFeasible && !question.asksRows
    return isProvable ? question : nil
  }

  /// - Parameter least: The least score of each cell.
  func proof(_ cells: ProvenCells, least: [Double]) -> SearchProof {
    SearchProof(
      metric: metric, goal: goal, constraint: constraint, ties: ties,
      threshold: threshold.map { plateau.upper ?? $0 },
      confusion: confusion, value: value,
      cells: zip(cells.cells, least).map {
        SearchProof.Cell($0.cell, least: $1, isDropped: $0.isDropped)
      }, bound: cells.bounds.max { goal == .maximise ? $0 < $1 : $0 > $1 })
  }
}

extension SearchProof.Cell {
  fileprivate init(_ cell: Cell, least: Double, isDropped: Bool) {
    self.init(
      least: least, positivesAbove: cell.above.positives, negativesAbove: cell.above.negatives,
      positives: cell.own.positives, negatives: cell.own.negatives, isDropped: isDropped)
  }
}

/// All cells, as few as can be: neighbours that are dropped are one where it would be dropped too.
struct ProvenCells {
  var cells: [(cell: Cell, isDropped: Bool)] = []
  /// The best values that dropped cells could have.
  private(set) var bounds: [Double] = []

  init(_ found: [Cell], _ judge: CellJudge) {
    var open: (cell: Cell, bound: Double)?
    for cell in found {
      if let last = open {
        var joined = Cell(from: last.cell, through: cell)
        // Without the digits that a difference of sums loses.
        joined.own = last.cell.own + cell.own
        if let bound = judge.worseBound(of: joined) {
          open = (joined, bound)
          continue
        }
        close(last)
      }
      open = judge.worseBound(of: cell).map { (cell, $0) }
      if open == nil { cells.append((cell, false)) }
    }
    if let open { close(open) }
  }

  private mutating func close(_ dropped: (cell: Cell, bound: Double)) {
    cells.append((dropped.cell, true))
    if dropped.bound.isFinite { bounds.append(dropped.bound) }
  }
}

extension Scores {
  /// The least score of each cell.
  fileprivate func leastScores(
    in cells: [(cell: Cell, isDropped: Bool)], _ isCancelled: () -> Bool
  ) throws(Cancelled) -> [Double] {
    let bounds = cells.map(\.cell.extent.lowerBound)
    let empty = [Double](repeating: .infinity, count: bounds.count)
    return try RowPass.run(0..<count, isCancelled, from: empty) { [values] least, rows in
      for row in rows {
        let score = values[row]
        let cell = bounds.partitioningIndex { $0 <= score }
        least[cell] = min(least[cell], score)
      }
    } join: { whole, part in
      for cell in whole.indices { whole[cell] = min(whole[cell], part[cell]) }
    }
  }
}

extension SearchProof {
  /// The proof as JSON: one object, infinite scores as texts; `scripts/certificate.py` reads it.
  public var json: String { json(query: nil) }

  /// The same with the SQL that counts the rows of its cells once more.
  public func json(query: String?) -> String {
    let lines = cells.map { cell in
      let counts = [cell.positivesAbove, cell.negativesAbove, cell.positives, cell.negatives]
      return "    [\(number(cell.least + 0)), \(counts.map(number).joined(separator: ", ")), "
        + "\(cell.isDropped)]"
    }
    let fields =
      [
        ("metric", text(metric.description)), ("goal", text(goal.rawValue)),
        ("where", constraint.map { text($0.description) } ?? "null"),
        ("ties", text(ties.rawValue)), ("threshold", threshold.map(number) ?? "null"),
        ("value", number(value)), ("tp", number(confusion.truePositives)),
        ("fp", number(confusion.falsePositives)), ("fn", number(confusion.falseNegatives)),
        ("tn", number(confusion.trueNegatives)), ("bound", bound.map(number) ?? "null"),
      ] + (query.map { [("query", text($0))] } ?? [])
    return "{\n" + fields.map { "  \"\($0.0)\": \($0.1),\n" }.joined()
      + "  \"cells\": [\n" + lines.joined(separator: ",\n") + "\n  ]\n}\n"
  }

  private func number(_ number: Double) -> String {
    number.isFinite ? number.shortestText : text(number < 0 ? "-inf" : "inf")
  }

  private func text(_ text: String) -> String {
    "\"\(text.unicodeScalars.map(\.escapedInJSON).joined())\""
  }
}

extension Unicode.Scalar {
  fileprivate var escapedInJSON: String {
    if self == "\"" || self == "\\" { return "\\\(self)" }
    if value >= 32 { return String(self) }
    return "\\u00" + (value < 16 ? "0" : "") + String(value, radix: 16)
  }
}
