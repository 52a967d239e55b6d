import ParallelWork
import ThrModel
import ThresholdEngine

/// A question of `compare`.
struct Comparing {
  private let entries: [(name: String, entry: ComparedEntry)]
  private let measures: ComparedMeasures
  private let options: ComparisonOptions

  init(
    _ entries: [(String, ComparedEntry)], _ measures: ComparedMeasures, _ options: ComparisonOptions
  ) throws(CallError) {
    guard entries.count > 1 else { throw .oneEntry(entries.count) }
    self.entries = entries.map { (name: $0.0, entry: $0.1) }
    self.measures = measures
    self.options = options
  }

  func answer(_ context: CallContext) throws -> ComparisonResult {
    var rows: [ScoredRows] = []
    for (_, entry) in entries { rows.append(try entry.rows()) }
    let same = SameRows(entries.map(\.name), rows)
    try same.check()
    let units = try options.unit.map(rows[0].units)
    let evaluations = entries.compactMap { $0.entry.evaluation }
    let validations = entries.compactMap { $0.entry.validation }
    let blocks: [ComparisonResult.Block]
    if evaluations.count == entries.count {
      blocks = try compare(evaluations, rows, units, context)
    } else if validations.count == entries.count {
      blocks = try compare(validations, rows, units, context)
    } else if evaluations.isEmpty, validations.isEmpty {
      blocks = try compare(rows, units, context)
    } else {
      throw CallError.mixedEntries
    }
    return ComparisonResult(
      names: entries.map(\.name), blocks: blocks, rows: rows[0].content.rows,
      positives: rows[0].content.positives,
      isOnTest: rows[0].provenance?.role == .test,
      isWeighted: rows[0].content.weights != nil && !rows[0].content.isCounted,
      unitCount: units.map { Set($0).count }, options: options)
  }

  private func progress(_ context: CallContext) -> @Sendable (Double) -> Void {
    { context.progress(Progress("drawing samples", fraction: $0)) }
  }
}

// MARK: - Evaluations

extension Comparing {
  private func metrics() throws(CallError) -> [Metric] {
    try measures.values.map { value throws(CallError) in
      guard let metric = Metric(value) else { throw .needsScores(value) }
      return metric
    }
  }

  private func compare(
    _ evaluations: [EvaluationResult], _ rows: [ScoredRows], _ units: [Int]?,
    _ context: CallContext
  ) throws -> [ComparisonResult.Block] {
    let metrics = try metrics()
    let demands = metrics.reduce(into: RowDemands()) { $0.formUnion($1.demands) }
    let known = try rows.map { try $0.knowing(demands, context) }
    let judged = zip(known, evaluations).map { ($0, $1.content.decision) }
    return try differences(judged, metrics, units, context)
  }

  /// Each row as the other folds decide it.
  private func compare(
    _ validations: [CrossValidationResult], _ rows: [ScoredRows], _ units: [Int]?,
    _ context: CallContext
  ) throws -> [ComparisonResult.Block] {
    let metrics = try metrics()
    let demands = metrics.reduce(into: RowDemands()) { $0.formUnion($1.demands) }
    let times = validations.map(\.content.rounds).reduce(1, leastCommonMultiple)
    let count = rows[0].content.count
    guard times * count <= mostExpandedRows else { throw CallError.tooManyRepeats(times) }
    var judged: [(Scores, Decision)] = []
    for (place, validation) in validations.enumerated() {
      guard let flags = validation.content.nestedFlags else {
        throw CallError.noNested(entries[place].name)
      }
      let known = try rows[place].knowing(demands, context)
      judged.append((flags.scores(of: known, times: times), NestedFlags.decision))
    }
    let drawn = validations[0].content.nestedFlags?.units(units, rows: count, times: times)
    return try differences(judged, metrics, times > 1 ? drawn : units, context)
  }

  private func differences(
    _ judged: [(Scores, Decision)], _ metrics: [Metric], _ units: [Int]?, _ context: CallContext
  ) throws -> [ComparisonResult.Block] {
    let (values, samples) = try TuningError.explained(by: CallError.init) {
      () throws(TuningError) in
      let draws = JudgedRows(judged, units: units)
      return (
        try draws.values(of: metrics, isCancelled: context.isCancelled),
        try draws.values(
          of: metrics, samples: options.samples, seed: UInt64(options.seed),
          isCancelled: context.isCancelled, progress: progress(context))
      )
    }
    return metrics.enumerated().map { place, metric in
      ComparisonResult.Block(
        metric: metric.description, direction: metric.comparedDirection, test: "bootstrap",
        differences: judged.indices.map { index in
          Difference(
            of: values[index][place], samples[index][place], from: values[0][place],
            samples[0][place], metric.comparedDirection, level: options.level)
        })
    }
  }
}

extension Metric {
  /// The direction in which it is better: of counts of mistakes and of flags downwards.
  fileprivate var comparedDirection: Direction {
    if let direction { return direction }
    return [.fp, .fn, .flagged, .flagRate].contains(self) ? .minimise : .maximise
  }
}

// MARK: - Scores

extension Comparing {
  private func compare(
    _ rows: [ScoredRows], _ units: [Int]?, _ context: CallContext
  ) throws -> [ComparisonResult.Block] {
    let measures = try measures.values.map { value throws(CallError) in try ScoreMeasure(value) }
    let scores = rows.map(\.content)
    if scores.contains(where: \.isCounted) {
      throw CallError.needsRows("a comparison of scores needs single rows", parameter: "entries")
    }
    if measures.contains(where: \.needsProbabilities) {
      for score in scores {
        do throws(ProbabilityError) { _ = try brier(score) } catch { throw CallError(error) }
      }
    }
    let isPlain = units == nil && scores[0].weights == nil
    let deLong =
      try isPlain && measures.contains(.auc)
      ? DeLong(scores, isCancelled: context.isCancelled) : nil
    let drawn = measures.filter { $0 != .auc || deLong == nil }
    let draws = ScoreSamples(scores, units: units)
    let values = draws.values(of: measures)
    let samples =
      try drawn.isEmpty
      ? []
      : TuningError.explained(by: CallError.init) { () throws(TuningError) in
        try draws.values(
          of: drawn, samples: options.samples, seed: UInt64(options.seed),
          isCancelled: context.isCancelled, progress: progress(context))
      }
    return measures.enumerated().map { place, measure in
      let differences = scores.indices.map { index in
        let value = values[index][place].defined
        guard let column = drawn.firstIndex(of: measure) else {
          return deLong?.difference(of: index, value: value, level: options.level)
            ?? Difference(value: value, gain: nil, interval: nil, pValue: nil)
        }
        return Difference(
          of: value, samples[index][column], from: values[0][place].defined, samples[0][column],
          measure.direction, level: options.level)
      }
      return ComparisonResult.Block(
        metric: measure.name, direction: measure.direction,
        test: drawn.contains(measure) ? "bootstrap" : "DeLong", differences: differences)
    }
  }
}

extension Double {
  /// `nil` where not a number.
  fileprivate var defined: Double? { isNaN ? nil : self }
}

extension DeLong {
  fileprivate func difference(of index: Int, value: Double?, level: Double) -> Difference {
    let found = difference(of: index, level: level)
    return Difference(
      value: value, gain: found.gain, interval: found.interval, pValue: found.pValue)
  }
}

private func leastCommonMultiple(_ one: Int, _ other: Int) -> Int {
  var (a, b) = (one, other)
  while b != 0 { (a, b) = (b, a % b) }
  return one / a * other
}

extension ComparedEntry {
  fileprivate var validation: CrossValidationResult? {
    if case .validation(let validation) = self { validation } else { nil }
  }

  fileprivate var evaluation: EvaluationResult? {
    if case .evaluation(let evaluation) = self { evaluation } else { nil }
  }
}

extension CallError {
  fileprivate static func oneEntry(_ count: Int) -> CallError {
    CallError(
      .unsuitableArgument, "a comparison takes at least two entries, found \(count)",
      remedy: "write `compare({old: …, new: …}, …)`", parameter: "entries")
  }

  fileprivate static let mixedEntries = CallError(
    .unsuitableArgument,
    "evaluations, scores and cross-validations cannot be compared with each other",
    remedy: "compare evaluations by a metric, or scores by `auc`")

  fileprivate static func tooManyRepeats(_ times: Int) -> CallError {
    CallError(
      .unsuitableArgument,
      "the cross-validations repeat \(times) times together, which is too often "
        + "for so many rows", remedy: "use equal `repeats`", parameter: "entries")
  }

  fileprivate static func noNested(_ name: String) -> CallError {
    CallError(
      .undefinedEverywhere, "`\(name)` has no nested value, since a fold has no valid threshold",
      remedy: "use fewer folds, or a weaker constraint", parameter: "entries")
  }

  fileprivate static func needsScores(_ value: Value) -> CallError {
    guard case .function(let function) = value else { return mixedEntries }
    return CallError(
      .unsuitableArgument, "`\(function.name)` measures scores, and these are evaluations",
      remedy: "use a metric, such as `f1`, or compare the scores themselves", parameter: "metric")
  }
}
