import TableIO
import ThrModel
import ThresholdEngine

/// How intervals of metrics are computed.
struct IntervalOptions {
  let metrics: MeasuredMetrics?
  let level: Double
  let samples: Int
  let shares: ShareMethod
  let unit: String?
  let seed: Int

  /// The metrics that were asked for.
  var asked: [Metric] {
    switch metrics {
    case .one(let metric): [metric]
    case .several(let metrics): metrics
    case nil: []
    }
  }
}

extension Parameter<IntervalOptions> {
  static var intervals: Self {
    Parameter(
      Parameter<MeasuredMetrics?>(
        "metric", "Another metric, or a list of them, beside those that are always shown."),
      .level, .samples,
      Parameter<String>(
        "method", default: ShareMethod.wilson.rawValue,
        words: ShareMethod.allCases.map(\.rawValue) + [ShareMethod.exactName],
        "How intervals of shares, such as recall, are computed; \"exact\" is Clopper-Pearson's."),
      .drawnTogether, .seed
    ) { metrics, level, samples, method, unit, seed in
      IntervalOptions(
        metrics: metrics, level: level, samples: samples,
        shares: ShareMethod(named: method), unit: unit, seed: seed)
    }
  }
}

extension ShareMethod {
  /// What R's and many other programs call Clopper and Pearson's interval.
  fileprivate static let exactName = "exact"

  fileprivate init(named name: String) {
    self = name == Self.exactName ? .clopperPearson : ShareMethod(rawValue: name) ?? .wilson
  }
}

extension Parameter<Int> {
  static var samples: Self {
    Parameter(
      "bootstrap", in: 1...1_000_000, default: 1_000, unit: "samples",
      "Number of bootstrap samples.")
  }

  static var seed: Self {
    Parameter(
      "seed", in: 0...9_007_199_254_740_992, default: 1, "Seed of the random number generator.")
  }
}

extension Parameter<String?> {
  static var drawnTogether: Self {
    Parameter(
      "unit", "Column of the rows' table: rows with the same value are drawn together.")
  }
}

extension ScoredRows {
  /// Which rows are drawn together: equal numbers for equal cells of a column.
  func units(_ name: String) throws(CallError) -> [Int] {
    if content.isCounted {
      throw CallError.needsRows("`unit` needs single rows", parameter: "unit")
    }
    guard let table = try rowsTable() else { throw CallError.unitOfModel }
    let column = try table.column(named: name, parameter: "unit")
    if column.missingCount > 0 { throw CallError.missingUnits(name, column.missingCount) }
    var numbers: [Cell: Int] = [:]
    return (0..<column.count).map { row in
      let cell = column[row]
      let number = numbers[cell] ?? numbers.count
      numbers[cell] = number
      return number
    }
  }
}

extension CallError {
  fileprivate static let unitOfModel = CallError(
    .unsuitableArgument, "these scores come from a model, without the columns of their rows",
    remedy: "take scores of a table that has the column: `scores(table, score=…, label=…)`",
    parameter: "unit")

  fileprivate static func missingUnits(_ name: String, _ count: Int) -> CallError {
    CallError(
      .unsuitableArgument,
      "`\(name)` is missing in \(counted(count, "row")), so it is unknown which rows belong together",
      remedy: "remove these rows, or fill the column", parameter: "unit")
  }
}
