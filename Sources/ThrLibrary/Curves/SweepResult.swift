import Algorithms
import NumberText
import TableIO
public import ThrModel
public import ThresholdEngine

/// Metrics against the threshold, as a value of the language.
public struct SweepResult: LanguageObject {
  public static let typeName: ObjectType.Name = "sweep"

  public let content: Sweep
  /// The metrics asked for, at least one.
  public let metrics: [Metric]
  /// Whether the thresholds are a grid's rather than the scores.
  public let isGrid: Bool

  init(_ content: Sweep, metrics: [Metric], isGrid: Bool) {
    self.content = content
    self.metrics = metrics
    self.isGrid = isGrid
  }

  /// Cheap: the sizes stand for all, equality compares each count.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(metrics)
    hasher.combine(content.count)
    hasher.combine(content.thresholds.first)
  }

  /// Rising, as the axis of a plot does.
  var thresholds: [Double] { content.thresholds.reversed() }

  /// A metric at every threshold, NaN where undefined.
  func values(of metric: Metric) -> [Double] { content.values(of: metric).reversed() }
}

extension ObjectType {
  static let sweep = ObjectType(
    SweepResult.self, "Metrics at every threshold, from the lowest threshold to the highest.",
    members: [
      MemberOf("metrics", "The metrics that were requested.") { $0.metrics },
      MemberOf("points", .count, column: true, "Number of thresholds.") {
        $0.content.count
      },
      MemberOf("threshold", .threshold, "Every threshold, in ascending order.") { $0.thresholds },
      MemberOf("values", "A record with each metric's values, in the order of `threshold`.") {
        sweep -> Value in
        .record(
          Record(
            sweep.metrics.map { .init($0.description, Numbers(sweep.values(of: $0)).value) }))
      },
    ] + Metric.named.flatMap(members),
    hint: { "sweep over \(counted($0.content.count, "threshold"))" },
    line: { $0.line }, text: { $0.text(on: $1) })

  /// Any named metric, asked for or not: the counts are there.
  private static func members(_ metric: NamedMetric) -> [MemberOf<SweepResult>] {
    ([metric.name] + metric.aliases).map { name in
      MemberOf(name, hiddenInJSON: true, "\(metric.summary) One value for each threshold.") {
        Numbers($0.values(of: Metric(metric)))
      }
    }
  }
}

extension SweepResult {
  fileprivate var line: String {
    let names = metrics.map(\.description).joined(separator: ", ")
    return "sweep of \(names) over \(counted(content.count, "threshold"))"
  }

  /// The line, and a few thresholds spread evenly over all, the best of each metric among them.
  fileprivate func text(on surface: Surface) -> String {
    let bests = metrics.map { content.best($0, ties: isGrid ? .lowest : .highest) }
    // The line above, the header, the note below and the prompt take a line each.
    let room = surface.height.map { max($0 - 4 - bests.count, 2) } ?? .max
    let shown = Set(spread(of: min(room, 21)) + bests.compactMap { $0 }).sorted(by: >)
    let columns = zip(metrics, bests).map { metric, best in
      let values = shown.map { content.value(of: metric, at: $0) }
      let style = NumberStyle.metric.suiting(values.compactMap { $0 })
      return zip(shown, values).map { index, value in
        (value.map(style.text) ?? "undefined") + (best == index ? " *" : "  ")
      }
    }
    let rows = shown.indices.map { row in
      let threshold = thresholdText(at: shown[row])
      return ([threshold] + columns.map { $0[row] }).map { TextTable.Cell($0, isNumber: true) }
    }
    // The mark's column stands after the numbers, so the names do not reach over it.
    let header = ["threshold"] + metrics.map { "\($0)  " }
    let note = bests.contains { $0 != nil } ? "\n* best" : ""
    return line + (shown.count < content.count ? "; \(shown.count) of them:\n" : ":\n")
      + TextTable(header: header, rows: rows).text + note
  }

  /// A threshold as a decimal that decides the same rows.
  func thresholdText(at index: Int) -> String {
    let threshold = content.thresholds[index]
    // Points of a grid are decimals; scores are distinguished by their neighbours.
    if isGrid { return threshold.exactThresholdText }
    let lower = index + 1 < content.count ? content.thresholds[index + 1] : nil
    return threshold.thresholdText(above: lower, upTo: threshold)
  }

  /// The places of so many thresholds at most, at even distances from the highest to the lowest.
  private func spread(of most: Int) -> [Int] {
    let thresholds = content.thresholds
    guard thresholds.count > most else { return Array(thresholds.indices) }
    let finite = thresholds.lazy.filter(\.isFinite)
    guard let highest = finite.first, let lowest = finite.last, (highest - lowest).isFinite else {
      return (0..<most).map { $0 * (thresholds.count - 1) / (most - 1) }
    }
    return (0..<most).map { step in
      let wanted = highest - (highest - lowest) * Double(step) / Double(most - 1)
      // Thresholds fall: the last that is no lower.
      return max(thresholds.partitioningIndex { $0 < wanted } - 1, 0)
    }
  }
}

extension SweepResult: Tabular {
  static let tableSummary: String? = "The sweep, in the column threshold and one for each metric."

  var table: Table {
    get throws(CallError) {
      let columns = metrics.map { Column($0.description, numbers: values(of: $0)) }
      return try Table(named: [Column("threshold", numbers: thresholds)] + columns)
    }
  }
}

extension SweepResult: HoldsMemory {
  public var footprint: Int { 256 + 48 * content.count }
}
