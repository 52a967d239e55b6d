import NumberText
import TableIO
import ThrModel
import ThresholdEngine

/// A tuning for each group of rows, and one for all.
typealias TuningsByGroup = GroupedResults<TuningResult>

extension TuningResult: InGroups {
  static let listName = ObjectType.Name("tunings", elements: valueType)
}

extension TuningOptions {
  func tunings(
    _ source: TunedRows, by columns: GroupColumns, _ context: CallContext
  ) throws -> TuningsByGroup {
    if comparesGroups(of: columns) {
      return try jointTunings(source, by: columns, context)
    }
    if shrink {
      try refuseShrinking()
      if case .stored = source { throw CallError.shrinkInDatabase }
    }
    let tunings = try source.results(by: columns, context, excuse: excuse) { part, context in
      try tune(part, context)
    }
    return shrink ? try shrunk(tunings, context) : tunings
  }

  /// Why a group may have no threshold: its metric is undefined, or its rows are too few for the
  /// guarantee and `infeasible=` lets the others go on.
  private func excuse(_ error: CallError, _ source: TunedRows) throws -> String? {
    if let reason = error.undefinedReason { return reason }
    guard infeasible != Infeasible.error.rawValue, error.kind == .infeasible else { return nil }
    return try shortage(on: source) ?? error.message
  }

  /// “needs 22 positives, has 17”, where that is why these rows have no guarantee.
  private func shortage(on source: TunedRows) throws -> String? {
    let scores = try source.scores()
    guard let guarantee = try guarantee(on: scores) else { return nil }
    do throws(TuningError) {
      _ = try ThresholdEngine.tune(
        scores.content, .f1, guarantee: guarantee, isCancelled: { false })
      return nil
    } catch {
      guard case .tooFewRows(let part, _) = error else { return nil }
      let (needed, present, sample) = part.rowsText
      return "needs \(needed) \(sample), has \(present)"
    }
  }
}

extension ObjectType {
  static let tunings = ObjectType(
    TuningsByGroup.self,
    "A list of tunings, one for each group of rows, and the one of all rows.",
    members: TuningsByGroup.members(of: "The tuning") + [
      MemberOf("left_out", "The groups without a tuning of their own, and why.") { $0.leftOut }
    ],
    hint: { "\(counted($0.groups.count, "group")) by \($0.by.joined(separator: ", "))" },
    line: { $0.line }, text: { $0.text(on: $1) })
}

extension GroupedResults<TuningResult> {
  /// “tunings by gender: female 2, male 3; overall 2”.
  fileprivate var line: String {
    let shown = groups.prefix(6).map { "\($0.group?.text ?? "") \($0.content.place)" }
    let rest = groups.count > shown.count ? ", …" : ""
    return "tunings by \(by.joined(separator: ", ")): \(shown.joined(separator: ", "))\(rest); "
      + "overall \(overall.content.place)"
      + (isShrunk ? ", drawn toward the overall one" : "")
  }

  fileprivate func text(on surface: Surface) -> String {
    let table = TuningsTable(self).text(on: surface)
    return ([table] + remarks).joined(separator: "\n\n")
  }

  /// What the groups do not settle.
  private var remarks: [String] {
    let small = groups.compactMap { tuning in
      tuning.content.fewOfClass.map { "\(tuning.group?.text ?? "") has \($0)" }
    }
    let drawn =
      isShrunk
      ? ["thresholds of groups are drawn toward the overall one; `own` is the group's best alone"]
      : []
    guard !small.isEmpty else { return drawn }
    let shown = small.prefix(5).joined(separator: ", ") + (small.count > 5 ? ", …" : "")
    let remedy = isShrunk ? "" : "; `shrink=true` draws them toward the overall one"
    return drawn + ["\(shown), too few for a reliable threshold\(remedy)"]
  }

  fileprivate var isShrunk: Bool { groups.contains { $0.shrunk != nil } }
}

extension Tuning {
  fileprivate var place: String { thresholdText ?? "flag nothing" }

  /// “9 positives”: where so few rows of a class hardly choose a threshold.
  fileprivate var fewOfClass: String? {
    let (fewest, name) =
      positives <= rows - positives ? (positives, "positive") : (rows - positives, "negative")
    return fewest < 10 ? counted(fewest, name) : nil
  }
}

/// The tunings of groups, one below the other, and that of all rows.
private struct TuningsTable {
  private let tunings: TuningsByGroup
  private let rates: [Metric]
  private let hasIntervals: Bool

  init(_ tunings: TuningsByGroup) {
    self.tunings = tunings
    hasIntervals = tunings.overall.confidence != nil && !tunings.isShrunk
    let metric = tunings.overall.content.metric
    let asked = tunings.overall.content.limits.flatMap(\.plainMetrics)
    var rates: [Metric] = []
    for rate in asked + [.recall, .flagRate] where rate != metric && !rates.contains(rate) {
      rates.append(rate)
    }
    self.rates = rates
  }

  func text(on surface: Surface) -> String {
    let results = tunings.groups + [tunings.overall]
    let hasNotes = !tunings.leftOut.isEmpty || results.contains { !$0.content.isFeasible }
    let first = tunings.overall
    let level = hasIntervals ? first.confidence?.content.level : nil
    let interval = level.map { "\(percentText($0)) interval" }
    let header =
      tunings.by + (tunings.isShrunk ? ["own"] : []) + ["threshold"]
      + [interval].compactMap { $0 }
      + [first.content.metric.description] + rates.map(\.description) + ["rows", "positives"]
      + (hasNotes ? [""] : [])
    let rows = tunings.groups.map { row($0, hasNotes) } + tunings.leftOut.map(row)
    return TextTable(header: header, rows: rows + [row(first, hasNotes)]).text(on: surface)
  }

  private func row(_ tuning: TuningResult, _ hasNotes: Bool) -> [TextTable.Cell] {
    let content = tuning.content
    var cells = tuning.labels(of: tunings.by).map { TextTable.Cell($0) }
    if tunings.isShrunk {
      let own = tuning.shrunk.map { $0.own.threshold?.thresholdText ?? "flag nothing" }
      cells.append(TextTable.Cell(own ?? "", isNumber: true))
    }
    cells.append(TextTable.Cell(content.place, isNumber: true))
    if hasIntervals {
      let interval = tuning.confidence?.content.threshold?.thresholdText
      cells.append(TextTable.Cell(interval ?? "", isNumber: true))
    }
    cells.append(TextTable.Cell(content.text(content.value), isNumber: true))
    cells += rates.map { TextTable.Cell(text(of: $0, content), isNumber: true) }
    cells += [content.rows, content.positives].map {
      TextTable.Cell(Double($0).countText, isNumber: true)
    }
    let note = tuning.content.isFeasible ? "" : "infeasible"
    return cells + (hasNotes ? [TextTable.Cell(note)] : [])
  }

  /// A group that the overall threshold decides.
  private func row(_ group: GroupLeftOut) -> [TextTable.Cell] {
    let blank = TextTable.Cell("", isNumber: true)
    let columns = 2 + (hasIntervals ? 1 : 0) + (tunings.isShrunk ? 1 : 0) + rates.count
    return group.group.cells.map { TextTable.Cell($0.text) } + (0..<columns).map { _ in blank }
      + [group.rows, group.positives].map { TextTable.Cell(Double($0).countText, isNumber: true) }
      + [TextTable.Cell(group.reason)]
  }

  private func text(of metric: Metric, _ tuning: Tuning) -> String {
    guard let value = metric.value(of: tuning.confusion) else { return "undefined" }
    return metric == .flagRate ? NumberStyle.share.text(value) : tuning.text(value)
  }
}

extension Tuning {
  /// What the decision was to meet, on these rows or on new ones.
  fileprivate var limits: [Constraint] {
    [constraint, certificate?.guarantee.constraint].compactMap { $0 }
  }
}
