import NumberText
import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

/// Which fold every row is in, for each repetition, and which unit.
struct FoldAssignment {
  let folds: [[Int]]
  let units: [Int]?

  /// - Parameters:
  ///   - labels: the class of every row.
  ///   - columns: looks up a column of the rows, or throws and blames a parameter.
  init(
    _ options: FoldingOptions, labels: [Bool],
    columns: (String, String) throws(CallError) -> Column
  ) throws(CallError) {
    let units = try options.unit.map { name throws(CallError) in
      try columns(name, "unit").groupNumbers(parameter: "unit")
    }
    self.units = units
    switch options.folds {
    case .column(let name):
      if options.repeats > 1 { throw .repeatedColumn }
      let folds = try columns(name, "folds").groupNumbers(parameter: "folds")
      guard let last = folds.max(), last > 0 else { throw .oneFold(name) }
      if let units { try units.check(areWithin: folds, options.unit ?? "") }
      self.folds = [folds]
    case .count(let count):
      guard count >= 2 else { throw .fewFolds(count) }
      folds = try Self.drawn(count, options, labels, units)
    }
  }

  /// At random, each class by itself; a unit counts as positive where any of its rows is.
  private static func drawn(
    _ count: Int, _ options: FoldingOptions, _ labels: [Bool], _ units: [Int]?
  ) throws(CallError) -> [[Int]] {
    var classes = labels
    if let units {
      classes = [Bool](repeating: false, count: (units.max() ?? -1) + 1)
      for (unit, label) in Swift.zip(units, labels) where label { classes[unit] = true }
    }
    let drawn: [[Int]]
    do throws(FoldError) {
      drawn = try StratifiedFolds.assigned(
        labels: classes, folds: count, repeats: options.repeats,
        seed: UInt32(clamping: options.seed))
    } catch { throw CallError(error, isOfUnits: units != nil) }
    guard let units else { return drawn }
    return drawn.map { folds in units.map { folds[$0] } }
  }
}

extension Column {
  /// The number of each row's value among the distinct ones, in ascending order.
  fileprivate func groupNumbers(parameter: String) throws(CallError) -> [Int] {
    if let row = missingRows.first {
      throw CallError(
        .unsuitableArgument,
        "`\(name)` is missing in \(counted(missingCount, "row")), first in row \(row + 1)",
        remedy: "remove these rows", parameter: parameter)
    }
    let keys = sortKeys
    let distinct = Set(keys).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: Swift.zip(distinct, distinct.indices))
    return keys.map { numbers[$0] ?? 0 }
  }
}

extension [Int] {
  /// Refuses a unit whose rows are in several folds.
  fileprivate func check(areWithin folds: [Int], _ name: String) throws(CallError) {
    var known: [Int: Int] = [:]
    for (unit, fold) in Swift.zip(self, folds) {
      guard known[unit] ?? fold == fold else {
        throw CallError(
          .unsuitableArgument, "rows with the same `\(name)` are in different folds",
          remedy: "make folds that keep such rows together, or remove `unit`",
          parameter: "unit")
      }
      known[unit] = fold
    }
  }
}

extension CallError {
  fileprivate static let repeatedColumn = CallError(
    .unsuitableArgument, "folds from a column cannot be repeated",
    remedy: "remove `repeats`, or give a number of folds", parameter: "repeats")

  fileprivate static func oneFold(_ name: String) -> CallError {
    CallError(
      .tooFewFolds, "`\(name)` has a single value, so there is one fold",
      remedy: "name a column with at least two values", parameter: "folds")
  }

  fileprivate static func fewFolds(_ count: Int) -> CallError {
    CallError(
      .tooFewFolds, "`folds` must be at least 2, not \(count)",
      remedy: "5 and 10 are usual", parameter: "folds")
  }

  fileprivate init(_ error: FoldError, isOfUnits: Bool) {
    let noun = isOfUnits ? "unit" : "row"
    switch error {
    case .classTooSmall(let label, let count, let folds):
      self.init(
        .tooFewFolds,
        "\(counted(count, "\(label ? "positive" : "negative") \(noun)")) cannot be in \(folds) folds",
        remedy: "use at most \(count) folds", parameter: "folds")
    case .tooFew(let count, let folds):
      self.init(
        .tooFewFolds, "\(counted(count, noun)) cannot be in \(folds) folds",
        remedy: "use fewer folds", parameter: "folds")
    }
  }
}

extension Diagnostic.Kind {
  /// Rows that cannot be cut into the folds asked for.
  public static let tooFewFolds = Diagnostic.Kind(
    "E0465", "bad-folds",
    explanation: .init(
      """
      Cross-validation holds out one fold after the other, so there are at least two, and every \
      fold has rows of both classes: no more folds than rows of the smaller class.
      """,
      wrong: """
        s = scores([0.9, 0.8, 0.3, 0.2], [1, 0, 1, 0])
        cv(s, f1, folds=5)
        """,
      right: """
        s = scores([0.9, 0.8, 0.3, 0.2], [1, 0, 1, 0])
        cv(s, f1, folds=2)
        """))
}
