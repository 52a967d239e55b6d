import NumberText
import TableIO
import ThrModel
import ThresholdEngine

// Thresholds of groups that are chosen together, since a constraint compares the groups.

extension TuningOptions {
  /// Whether the metric or the constraint compares the groups of these columns, or speaks of others.
  func comparesGroups(of columns: GroupColumns) -> Bool {
    metric.comparesGroups(besides: columns.names)
      || constraint?.comparesGroups(besides: columns.names) == true
  }

  /// Chooses the thresholds of all groups together.
  func jointTunings(
    _ source: TunedRows, by columns: GroupColumns, _ context: CallContext
  ) throws -> TuningsByGroup {
    try refuseJointly()
    let table = try source.groupTable()
    let rows = try GroupedRows(table, by: columns.names)
    let scores = try source.scores()
    let known = try ScoredRows(
      scores.content, provenance: scores.provenance, history: scores.history, source: table
    ).knowing(demands, context, isSearch: true)
    let tuning: JointTuning
    do throws(JointTuningError) {
      tuning = try JointTuning(
        known, codes: rows.codes, groups: rows.groups.count,
        column: columns.names.count == 1 ? columns.names[0] : nil, try jointQuestion(columns),
        isCancelled: context.isCancelled)
    } catch {
      try context.checkCancelled()
      throw CallError(error, self)
    }
    let choice = scores.provenance.map { PastUse(.chooses, of: $0) }
    let history = scores.history + [choice].compactMap { $0 }
    let parts = try source.parts(by: columns)
    let groups = zip(parts, tuning.groups).map { part, tuning in
      var result = TuningResult(tuning, history: history, source: part.rows)
      result.group = part.key
      return result
    }
    return TuningsByGroup(
      by: columns.names, overall: try nearest.tune(source, context), groups: groups)
  }

  private var demands: RowDemands {
    var demands = metric.demands
    if let constraint { demands.formUnion(constraint.demands) }
    return demands
  }

  /// For one threshold of all rows, which may not meet what two can.
  private var nearest: TuningOptions {
    var options = self
    options.infeasible = Infeasible.nearest.rawValue
    return options
  }

  private func jointQuestion(_ columns: GroupColumns) throws(JointTuningError) -> JointQuestion {
    let parts = constraint?.conjuncts ?? []
    let joint = parts.filter { $0.comparesGroups(besides: columns.names) }
    let each = parts.filter { !joint.contains($0) }
    let search: Search
    do throws(CallError) {
      search = try Search(step: step, from: from, to: to)
    } catch { throw .tuning(.badStep(step ?? 0)) }
    return JointQuestion(
      metric: metric, goal: goal.flatMap(Direction.init), each: each.joined, joint: joint.joined,
      ties: ties.flatMap(Ties.init), search: search, midpoint: midpoint, default: standard)
  }

  private func refuseJointly() throws(CallError) {
    if guarantee != nil {
      throw .together("a guarantee is given for each group alone", "guarantee")
    }
    if shrink { throw .together("none is drawn toward another", "shrink") }
    if smooth != nil { throw .together("smoothing is of one threshold", "smooth") }
    if isSampled { throw .together("a quantile is over samples of each group alone", "metric") }
    if samples != nil { throw .together("a bootstrap tunes each group alone", "bootstrap") }
    if infeasible != Infeasible.error.rawValue {
      throw .together("a nearest choice is defined for one threshold only", "infeasible")
    }
  }
}

extension [Constraint] {
  fileprivate var joined: Constraint? {
    dropFirst().reduce(first) { joined, next in joined.map { $0.and(next) } }
  }
}

extension CallError {
  fileprivate static func together(_ reason: String, _ parameter: String) -> CallError {
    CallError(
      .unsuitableArgument,
      "the constraint compares the groups, so their thresholds are chosen together, and " + reason,
      remedy: "remove `\(parameter)`, or use a constraint that holds in each group",
      parameter: parameter)
  }

  fileprivate init(_ error: JointTuningError, _ options: TuningOptions) {
    switch error {
    case .tuning(let error): self.init(error)
    case .infeasible(let constraint):
      self.init(
        .infeasible, "no thresholds of the groups meet `\(constraint)` together",
        remedy: "weaken the constraint", parameter: "where")
    case .noExactSearch(let groups):
      let limit = options.constraint.map { "`\($0)`" } ?? "the metric"
      self.init(
        .unsuitableArgument,
        "\(limit) compares \(counted(groups, "group")), and no exact search is known for it with "
          + "`\(options.metric)`",
        remedy: "make it hold in each group, such as `where = recall >= 80%`; with one `gap` or "
          + "`ratio` over the column of `by`, tune accuracy, a cost or a count", parameter: "where")
    case .tooManyPairs(let one, let other):
      self.init(
        .unsuitableArgument,
        "there are too many pairs of thresholds to try: \(Double(one).countText) times "
          + Double(other).countText,
        remedy: "search a grid: `step=0.001`", parameter: "by")
    }
  }
}
