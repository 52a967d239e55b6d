import TableIO
import ThrModel
import ThresholdEngine

extension Builtin {
  static let write = Builtin(
    "write", .files,
    "Writes a table, rows, scores, tunings or a curve, or draws a figure, to a file.",
    documentation: """
      The file is comma-separated text and ends in `.csv` or `.txt`; it reads back as the very same
      numbers, and is written whole or not at all. Of a dataset the features stand in order and the target last, 1 for
      positive and 0 for negative. Tunings, evaluations and records become a row each.

      A figure is drawn to `.svg`, `.png` or `.pdf`, and so are curves, sweeps, calibrations and
      distributions where the path ends so.

      A relative path is in the working folder.
      """,
    effect: .writesFiles,
    example: "write(classify([0.1, 0.4, 0.6], at=0.5), \"decisions.csv\")",
    elsewhere: ["to_csv", "write_csv", "savefig", "ggsave", "save"],
    .writing("table", "The table.") { (table: DataTable) in table.content },
    .writing("dataset", "The dataset.") { (rows: DatasetRows) throws(CallError) in
      try rows.table
    },
    .writing("scores", "Scores, in the columns score, label, weight and group.") {
      (scores: ScoredRows) throws(CallError) in try scores.table
    },
    .writing("tuning", "The tuning, as one row.") { (tuning: TuningResult) throws(CallError) in
      try Table(rows: List([tuning.value]))
    },
    .writing("evaluation", "The evaluation, as one row.") {
      (evaluation: EvaluationResult) throws(CallError) in
      try Table(rows: List([evaluation.value]))
    },
    .writingOrDrawing("curve", "The curve, in the columns x, y and threshold.") {
      (curve: CurveResult) throws(CallError) in try curve.table
    },
    .writingOrDrawing("sweep", "The sweep, in the column threshold and one for each metric.") {
      (sweep: SweepResult) throws(CallError) in try sweep.table
    },
    .writingOrDrawing("calibration", "The calibration, a row for each bin.") {
      (calibration: CalibrationResult) throws(CallError) in try calibration.table
    },
    .writingOrDrawing("distribution", "The distribution, a row for each bin.") {
      (distribution: DistributionResult) throws(CallError) in try distribution.table
    },
    .drawing,
    .writing("list", "Records with the same fields, or tunings, or evaluations.") {
      (list: List) throws(CallError) in try Table(rows: list)
    },
    .writing("record", "A record, as one row.") { (record: Record) throws(CallError) in
      try Table(rows: List([record.value]))
    })
}

extension Builtin.Form {
  fileprivate static func writing<Base: ValueConvertible>(
    _ name: String, _ summary: String,
    _ table: @escaping @Sendable (Base) throws(CallError) -> Table
  ) -> Self {
    Self(
      Parameter<Base>(name, summary), Parameter<String>("path", kind: .path, "The file to write."),
      result: ValueType.none
    ) { context, base, path in
      try write(table(base), path, context)
      return Value.none
    }
  }

  static func write(
    _ table: Table, _ path: String, _ context: CallContext, orPicture: Bool = false
  ) throws {
    if !isForText(path) { throw CallError.unknownEnding(path, orPicture: orPicture) }
    do throws(TableError) {
      try table.write(path, to: context.files, isCancelled: context.isCancelled)
    } catch {
      throw error.asFault(of: "path")
    }
  }
}

extension Builtin.Form {
  /// Whether a path ends as one of comma-separated text does, or not in any telling way, as
  /// `/dev/stdout`.
  fileprivate static func isForText(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return true }
    return ["csv", "txt"].contains(name[name.index(after: dot)...].lowercased())
  }
}

extension CallError {
  fileprivate static func unknownEnding(_ path: String, orPicture: Bool) -> CallError {
    let pictures = orPicture ? ", and a picture to .svg, .png or .pdf" : ""
    return CallError(
      .unsuitableArgument,
      "numbers are written as comma-separated text, to a file that ends in .csv or .txt\(pictures)",
      remedy: "name it so: \((stem(of: path) + ".csv").quoted)", parameter: "path")
  }

  private static func stem(of path: String) -> Substring {
    path.lastIndex(of: ".").map { path[..<$0] } ?? path[...]
  }
}

extension SweepResult {
  fileprivate var table: Table {
    get throws(CallError) {
      let columns = metrics.map { Column($0.description, numbers: values(of: $0)) }
      return try Table(named: [Column("threshold", numbers: thresholds)] + columns)
    }
  }
}

extension CalibrationResult {
  fileprivate var table: Table {
    get throws(CallError) {
      let bins = content.bins
      return try Table(named: [
        Column("lower", numbers: bins.map(\.lower)), Column("upper", numbers: bins.map(\.upper)),
        Column("rows", numbers: bins.map { Double($0.rows) }),
        Column("predicted", numbers: bins.map(\.predicted)),
        Column("observed", numbers: bins.map(\.observed)),
      ])
    }
  }
}

extension DistributionResult {
  fileprivate var table: Table {
    get throws(CallError) {
      try Table(named: [
        Column("lower", numbers: Array(content.edges.dropLast())),
        Column("upper", numbers: Array(content.edges.dropFirst())),
        Column("positives", numbers: content.positives),
        Column("negatives", numbers: content.negatives),
      ])
    }
  }
}

extension DatasetRows {
  fileprivate var table: Table {
    get throws(CallError) {
      let features = zip(content.featureNames, content.features).map { Column($0, numbers: $1) }
      let target = Column(
        content.targetName ?? "target", numbers: content.labels.map { $0 ? 1 : 0 })
      return try Table(named: features + [target])
    }
  }
}

extension ScoredRows {
  fileprivate var table: Table {
    get throws(CallError) {
      let labels = content.labels.map { $0 ? 1.0 : 0.0 }
      let columns = [
        Column("score", numbers: content.values), Column("label", numbers: labels),
        content.weights.map { Column("weight", numbers: $0) },
        groups.map { Column(name: "group", values: $0.values) },
      ]
      return try Table(named: columns.compactMap { $0 })
    }
  }
}

extension CurveResult {
  /// Flagging nothing has no threshold: its cell is missing.
  fileprivate var table: Table {
    get throws(CallError) {
      try Table(named: [
        Column("x", numbers: content.x), Column("y", numbers: content.y),
        Column("threshold", numbers: content.thresholds.map { $0 ?? .nan }),
      ])
    }
  }
}
