import NumberText
import ParallelWork
import TableIO
public import ThrModel
public import ThresholdEngine

/// Rows with features and a target, and which rows of which source they are.
public struct DatasetRows: RemembersRows {
  public static let typeName: ObjectType.Name = "dataset"

  public let content: Dataset
  /// Where each row stands in its source, in the order of the rows; `nil` where it is all of them.
  let rowNumbers: [Int]?
  private let origin: Provenance
  /// The rows set aside for each job; empty where they are not split.
  let parts: [Role: DatasetRows]
  /// How much each row counts, and the share of positives that this makes; `nil` where each counts
  /// once.
  private(set) var weighting: Weighting?
  /// The table that the rows are from, with columns that are no features; `nil` for others.
  private let origins: TableRows?

  /// Weights of rows for a stated prevalence.
  struct Weighting: Hashable {
    let weights: [Double]
    let prevalence: Double

    func selecting(_ rows: [Int]) -> Self {
      Self(weights: rows.map { weights[$0] }, prevalence: prevalence)
    }
  }

  /// Rows of a table, by their positions in it; `nil` for all.
  struct TableRows: Hashable {
    let content: Table
    var positions: [Int]?
  }

  public var provenance: Provenance? { origin }
  public var history: [PastUse] { [] }

  init(
    _ content: Dataset, source: UInt64, rowNumbers: [Int]? = nil, role: Role = .whole,
    parts: [Role: DatasetRows] = [:], table: TableRows? = nil, weighting: Weighting? = nil
  ) {
    self.content = content
    self.weighting = weighting
    origins = table
    self.rowNumbers = rowNumbers
    self.parts = parts
    origin = Provenance(
      source: source, rows: rowNumbers.map { .some($0.ascending) } ?? .all(count: content.rows),
      role: role)
  }

  var role: Role { origin.role }

  /// The same rows with those at the given positions set aside for each job.
  func split(
    into positions: [(role: Role, rows: [Int])], _ context: CallContext
  ) throws(Cancelled) -> DatasetRows {
    var parts: [Role: DatasetRows] = [:]
    for (role, rows) in positions where !rows.isEmpty {
      guard let subset = content.subset(rows: rows, isCancelled: context.isCancelled) else {
        throw Cancelled()
      }
      parts[role] = DatasetRows(
        subset, source: origin.source,
        rowNumbers: rows.map { rowNumbers?[$0] ?? $0 }, role: role, table: origins?.selecting(rows),
        weighting: weighting?.selecting(rows))
    }
    return DatasetRows(
      content, source: origin.source, rowNumbers: rowNumbers, role: .whole, parts: parts,
      table: origins, weighting: weighting)
  }

  /// The same rows and parts, each with weights that make the share of positives what is asked.
  func reweighted(to prevalence: Double) throws(CallError) -> DatasetRows {
    let labels = content.labels
    let weights = try (weighting?.weights ?? Array(repeating: 1, count: labels.count))
      .reweighted(labels, to: prevalence, parameter: "data")
    var parts: [Role: DatasetRows] = [:]
    for (role, part) in self.parts { parts[role] = try part.reweighted(to: prevalence) }
    return DatasetRows(
      content, source: origin.source, rowNumbers: rowNumbers, role: origin.role, parts: parts,
      table: origins, weighting: Weighting(weights: weights, prevalence: prevalence))
  }

  /// The rows at the given positions, to fit on.
  func selecting(_ rows: [Int]) -> DatasetRows {
    DatasetRows(
      content.subset(rows: rows), source: origin.source,
      rowNumbers: rows.map { rowNumbers?[$0] ?? $0 }, role: .train, table: origins?.selecting(rows),
      weighting: weighting?.selecting(rows))
  }

  /// A feature as a column, or another column of the table that the rows are from, or an error that
  /// suggests one.
  func feature(named name: String, parameter: String) throws(CallError) -> Column {
    if let place = content.featureNames.firstIndex(of: name) {
      return Column(name, numbers: content.features[place])
    }
    guard let origins else { throw .noFeature(name, parameter) }
    return try origins.column(named: name, parameter: parameter)
  }

  func part(_ role: Role) throws(CallError) -> DatasetRows {
    if let part = parts[role] { return part }
    throw parts.isEmpty ? .notSplit(role, self.role) : .noSuchPart(role)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(origin)
    hasher.combine(content.featureNames)
  }
}

extension ObjectType {
  static let dataset = ObjectType(
    DatasetRows.self, "Rows with features and a target.",
    members: [
      MemberOf("rows", .count, column: true, "Number of rows.") { $0.content.rows },
      MemberOf("features", "The names of the features, in order.") { $0.content.featureNames },
      MemberOf("target", "The name of the target.") { $0.content.targetName },
      MemberOf("positives", .count, column: true, "Number of positive rows.") {
        $0.content.positives
      },
      MemberOf(
        "prevalence", .metric, column: true,
        "The share of rows that are positive; of reweighted rows the share of their weight."
      ) {
        Outcome($0.weighting?.prevalence ?? $0.content.prevalence)
      },
      MemberOf("role", column: true, "The role of the rows: train, cal, val, test or whole.") {
        $0.role.rawValue
      },
      part("train", .train, "Training rows, to fit a model on."),
      part("cal", .cal, "Calibration rows, to calibrate scores on."),
      part("val", .val, "Validation rows, to choose a threshold on."),
      part("test", .test, "Test rows, to evaluate the chosen threshold on, once."),
      MemberOf(
        "whole", hiddenInJSON: true, role: .whole,
        "All rows, also of a split dataset; not available from a part."
      ) {
        (rows: DatasetRows) throws(CallError) in
        guard rows.role == .whole else { throw .noWhole(rows.role) }
        return rows
      },
    ],
    hint: { rowsHint($0.content.rows, $0.content.positives, "row") },
    line: { "dataset of \(DatasetRows.summary($0))" }, text: { DatasetRows.text($0) })

  private static func part(
    _ name: String, _ role: Role, _ summary: String
  ) -> MemberOf<DatasetRows> {
    MemberOf(name, hiddenInJSON: true, role: role, summary) {
      (rows: DatasetRows) throws(CallError) in try rows.part(role)
    }
  }
}

extension DatasetRows {
  fileprivate static func summary(_ rows: DatasetRows) -> String {
    rowsText(rows.content.rows, rows.content.positives, rows.role)
      + (rows.weighting.map { ", reweighted to \(percentText($0.prevalence))" } ?? "")
  }

  fileprivate static func text(_ rows: DatasetRows) -> String {
    let names = rows.content.featureNames
    let shown =
      names.prefix(12).map(\.onOneLine).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    let parts = Role.parts.compactMap { role in
      rows.parts[role].map {
        (role.rawValue, rowsText($0.content.rows, $0.content.positives, nil))
      }
    }
    return AlignedLines(
      [
        ("dataset", summary(rows)), ("features", "\(shown) (\(names.count))"),
        rows.content.targetName.map { ("target", $0.onOneLine) },
        rows.weighting.map { ("weights", "for a prevalence of \(percentText($0.prevalence))") },
      ] + parts.map { .some($0) }
    ).text
  }
}

extension CallError {
  fileprivate static func noFeature(_ name: String, _ parameter: String) -> CallError {
    CallError(
      .unknownField, "the dataset has no feature `\(name)`",
      remedy: "split the table, and make a dataset of each part, such as "
        + "`dataset(t.train, target=…)`", parameter: parameter)
  }

  fileprivate static func notSplit(_ wanted: Role, _ role: Role) -> CallError {
    guard role == .whole else {
      return CallError(
        .noSuchPart,
        "these already are the \(role.rawValue) rows; they have no \(wanted.rawValue) "
          + "rows of their own")
    }
    return CallError(
      .noSuchPart, "these rows are not split, so there are no \(wanted.rawValue) rows",
      remedy: "split them first: `data = split(data, train=0.6, val=0.2, test=0.2)`")
  }

  fileprivate static func noSuchPart(_ wanted: Role) -> CallError {
    CallError(
      .noSuchPart, "these rows were split without a \(wanted.rawValue) part",
      remedy: "split them into three parts: `data = split(data, train=0.6, val=0.2, test=0.2)`")
  }

  fileprivate static func noWhole(_ role: Role) -> CallError {
    CallError(
      .noSuchPart, "these are the \(role.rawValue) rows, which give no access to the other rows",
      remedy: "use `whole` of the dataset that was split")
  }
}

extension [Int] {
  /// Different row numbers in ascending order.
  ///
  /// - Complexity: O(*n*) where they lie close together, as the parts of a whole do.
  fileprivate var ascending: [Int] {
    guard let last = self.max(), last / 8 <= count else { return sorted() }
    var isPresent = [Bool](repeating: false, count: last + 1)
    for row in self { isPresent[row] = true }
    return isPresent.indices.filter { isPresent[$0] }
  }
}

extension DatasetRows: Tabular {
  static let tableSummary: String? =
    "The dataset: its features in order, the target, and the weights of reweighted rows."

  var table: Table {
    get throws(CallError) {
      let features = zip(content.featureNames, content.features).map { Column($0, numbers: $1) }
      let target = Column(
        content.targetName ?? "target", numbers: content.labels.map { $0 ? 1 : 0 })
      // Without them the rows read back would count once each.
      let weight = weighting.map { [Column("weight", numbers: $0.weights)] } ?? []
      return try Table(named: features + [target] + weight)
    }
  }
}

extension DatasetRows.TableRows {
  fileprivate func selecting(_ rows: [Int]) -> Self {
    Self(content: content, positions: rows.map { positions?[$0] ?? $0 })
  }

  fileprivate func column(named name: String, parameter: String) throws(CallError) -> Column {
    let whole = try content.column(named: name, parameter: parameter)
    guard let positions else { return whole }
    let one = try Table(named: [whole]).selecting(rows: positions)
    return try one.column(named: name, parameter: parameter)
  }
}

extension DatasetRows: HoldsMemory {
  public var footprint: Int {
    let own = content.rows * (8 * content.featureNames.count + 1)
    return 256 + own + 8 * (rowNumbers?.count ?? 0) * 2
      + parts.values.reduce(0) { $0 + $1.footprint }
  }
}
