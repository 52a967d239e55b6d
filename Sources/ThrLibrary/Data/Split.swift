import TableIO
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let split = Builtin(
    "split", .data, "Splits rows into train, cal, val and test parts, stratified by class.",
    documentation: """
      Without `order=` and `unit=`, each part keeps the share of positives; a table has no classes
      and is split at random. The parts equal those of scikit-learn's
      `train_test_split(test_size=test, stratify=y, random_state=seed)`, applied again to the
      remaining rows with `test_size=val/(train+cal+val)`, and to what is left then with
      `test_size=cal/(train+cal)`.

      With `order=`, such as a date, the first rows train and the last ones test; rows with the same
      date keep their order. With `unit=`, such as a customer, all rows of a unit go to the same
      part, and the shares are those of the units. With both, a unit stays in the earliest part that
      it is in; its later rows are left out, with a warning.
      """,
    effect: .draws,
    example: "split(synth(1000, 0.9), train=0.6, val=0.2, test=0.2).test.rows",
    foreignNames: ["train_test_split", "initial_split"],
    Form(
      Parameter<DatasetRows>("data", "The rows."),
      .train, .val, .test, .cal, .order, .unit, .splitSeed, refusing: RowSplit.refuseShares
    ) { context, data, train, val, test, cal, order, unit, seed in
      let plan = try RowSplit(
        shares: RowSplit.shares(train, cal, val, test), seed: seed, order: order, unit: unit,
        columns: data.feature(named:parameter:))
      return try data.split(
        into: plan.parts(rows: data.content.rows, labels: data.content.labels, context), context)
    },
    Form(
      Parameter<ScoredRows>("scores", "Scores from lists or a table."),
      .train, .val, .test, .cal, .order, .unit, .splitSeed, refusing: RowSplit.refuseShares
    ) { context, scores, train, val, test, cal, order, unit, seed in
      guard let table = try scores.rowsTable() else { throw CallError.scoresOfModel("split") }
      let plan = try RowSplit(
        shares: RowSplit.shares(train, cal, val, test), seed: seed, order: order, unit: unit,
        columns: table.column(named:parameter:))
      return try scores.split(
        into: plan.parts(rows: table.rows, labels: scores.content.labels, table: table, context))
    },
    Form(
      Parameter<DataTable>("table", "The table."),
      .train, .val, .test, .cal, .order, .unit, .splitSeed, refusing: RowSplit.refuseShares
    ) { context, table, train, val, test, cal, order, unit, seed in
      let plan = try RowSplit(
        shares: RowSplit.shares(train, cal, val, test), seed: seed, order: order, unit: unit,
        columns: table.content.column(named:parameter:))
      return try table.split(
        into: plan.parts(
          rows: table.content.rows, labels: nil, table: table.content, context))
    })
}

extension Parameter where Input == Double? {
  fileprivate static var train: Self {
    Parameter(
      "train", in: 0...1, unit: "share",
      "Training rows, to fit the model on; by default the remaining rows.")
  }
}

extension Parameter where Input == Double {
  fileprivate static var val: Self {
    Parameter(
      "val", in: 0...1, default: 0.2, unit: "share",
      "Validation rows, to choose the threshold on.")
  }

  fileprivate static var test: Self {
    Parameter(
      "test", in: 0...1, default: 0.2, unit: "share", "Test rows, to evaluate the threshold on.")
  }

  fileprivate static var cal: Self {
    Parameter(
      "cal", in: 0...1, default: 0.0, unit: "share", "Calibration rows, to calibrate scores on.")
  }
}

extension Parameter where Input == String? {
  fileprivate static var order: Self {
    Parameter(
      "order", kind: .column,
      "Column to order by, such as a date: the first rows train, then cal, val and test.")
  }

  fileprivate static var unit: Self {
    Parameter("unit", kind: .column, "Column whose equal values stay together in one part.")
  }
}

extension Parameter where Input == Int {
  fileprivate static var splitSeed: Self {
    Parameter("seed", in: 0...4_294_967_295, default: 2, "Seed of the random number generator.")
  }
}
