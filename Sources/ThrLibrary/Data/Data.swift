import ContentHash
import ParallelWork
import TableIO
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let synth = Builtin(
    "synth", .data, "Synthetic two-class data, split in half into train and val.",
    documentation: """
      Gives the same numbers as scikit-learn's `make_classification` with the same arguments and
      `random_state=seed`: bit for bit with two informative features, up to rounding with more
      features or where a cluster has a single row. `train` and `val` are the halves of
      `train_test_split(test_size=0.5, stratify=y, random_state=2)`.

      `generator="fast"` draws from the same distribution several times faster, but other numbers;
      the same seed gives the same rows on every machine.
      """,
    effect: .draws, example: "synth(1000, 0.9).val.positives",
    foreignNames: ["make_classification"],
    Form(
      Parameter<Int>("rows", unit: "rows", "Number of rows."),
      Parameter<Double>("majority", in: 0...1, unit: "share", "The share of negative rows."),
      Parameter("features", default: 2, "Number of features."),
      Parameter("informative", default: 2, "Number of features that depend on the class."),
      Parameter(
        "redundant", default: 0,
        "Number of further features that are weighted sums of the informative ones."),
      Parameter("clusters", default: 1, "Number of clusters per class."),
      Parameter(
        "flip", in: 0...1, default: 0.0, unit: "share", "Share of rows with a random label."),
      Parameter(
        "separation", default: 1.0, "Separation of the clusters: larger is easier to classify."),
      Parameter("seed", in: 0...4_294_967_295, default: 4, "Seed of the random number generator."),
      Parameter(
        "generator", default: SyntheticGenerator.numpy.rawValue,
        words: SyntheticGenerator.allCases.map(\.rawValue),
        "What draws the numbers: NumPy's generator, or a fast one for many rows.")
    ) {
      context, rows, majority, features, informative, redundant, clusters, flip, separation, seed,
      generator in
      // The rows are drawn, put into another order, and split into halves, by lists of row numbers.
      try CallError.checkMemory(
        for: Double(rows) * (24 * Double(features) + 24), parameter: "rows")
      let data: Dataset
      data = try SyntheticDataError.explained(by: CallError.init) {
        () throws(SyntheticDataError) in
        try .synthetic(
          rows: rows, majority: majority, features: features, informative: informative,
          redundant: redundant, clusters: clusters, flip: flip, separation: separation,
          seed: UInt32(clamping: seed),
          generator: SyntheticGenerator(rawValue: generator) ?? .numpy,
          isCancelled: context.isCancelled
        ) { context.progress(Progress("drawing", fraction: $0)) }
      }
      if let absent = data.absentClass { context.warn(.oneClassDrawn(absent)) }
      let whole = DatasetRows(data, source: data.fingerprint)
      return try halved(whole, context)
    })

  /// The rows with the first half to fit on, the second to choose a threshold on.
  private static func halved(_ whole: DatasetRows, _ context: CallContext) throws -> DatasetRows {
    let halves: (train: [Int], test: [Int])
    do throws(SplitError) {
      halves = try StratifiedSplit.trainTestSplit(
        labels: whole.content.labels, testSize: 0.5, isCancelled: context.isCancelled)
    } catch .cancelled {
      throw Cancelled()
    } catch {
      // Too few rows of a class cannot be halved; they are still rows.
      return whole
    }
    return try whole.split(into: [(.train, halves.train), (.val, halves.test)], context)
  }

  static let dataset = Builtin(
    "dataset", .data, "A dataset from a table: features and a target.",
    documentation: """
      All columns but the target are features, unless `features=` names them; a column of row
      numbers that another program wrote is left out. Rows with a missing value are left out too;
      the warning names their lines. The positive class is 1 for {0, 1} or {-1, 1}, true for
      {true, false} and yes for {yes, no}; otherwise name it with `positive=`.
      """,
    example: "dataset(filter(classify([0.1, 0.7, 0.9], at=0.5), score > 0), target=\"decision\")",
    Form(
      Parameter<DataTable>("table", "The table."),
      Parameter<String>("target", kind: .column, "The column to predict."),
      Parameter<LabelValue?>("positive", "The value of the target that is positive."),
      Parameter<[String]?>("features", "The feature columns; by default all other columns."),
      .role, rows: .all(of: "table")
    ) { context, table, target, positive, features, role in
      try rows(
        of: table.content, target, positive, features, role == .whole ? table.role : role, context)
    })

  private static func rows(
    of table: Table, _ target: String, _ positive: LabelValue?, _ features: [String]?,
    _ role: Role, _ context: CallContext
  ) throws(CallError) -> DatasetRows {
    _ = try table.column(named: target, parameter: "target")
    if features?.contains(target) == true { throw .targetAsFeature(target) }
    let names =
      features ?? table.columns.filter { $0.name != target && !$0.isRowIndex }.map(\.name)
    for name in names {
      let column = try table.column(named: name, parameter: "features")
      let numbers: [Double]
      do throws(CallError) {
        numbers = try column.numbers(parameter: "features").values
      } catch {
        throw features == nil ? error.suggesting(numbersAmong: names, of: table) : error
      }
      if features == nil, numbers.numberRows(named: name) { context.warn(.indexAsFeature(name)) }
    }
    let complete = try table.completeRows(names + [target], context)
    let labels = try complete.column(named: target, parameter: "target")
    let isPositive = try PositiveClass(of: labels, given: positive).labels(labels)
    let data = try complete.features(names, labels: isPositive, target: target)
    return DatasetRows(
      data, source: complete.fingerprint, rowNumbers: complete.origin.numbers, role: role,
      table: .init(content: complete))
  }
}

extension CallError {
  /// The same for a column that is a feature only as all columns are: how to leave it out.
  fileprivate func suggesting(numbersAmong names: [String], of table: Table) -> CallError {
    let usable = names.filter { name in
      table.columns.contains { $0.name == name && !$0.isText && !$0.isRowIndex }
    }
    guard !usable.isEmpty else { return self }
    let listed = usable.prefix(8).map(\.quoted).joined(separator: ", ")
    var error = self
    error.remedy =
      "correct the cell, or name the features: "
      + "`features=[\(listed)\(usable.count > 8 ? ", …" : "")]`"
    return error
  }
}

extension Parameter where Input == Role {
  /// What rows are set aside for that were split before they were read.
  static let role = Parameter(
    Parameter<String?>(
      "role", words: Role.parts.map(\.rawValue),
      "What the rows are set aside for, where they were split before.")
  ) { $0.flatMap { Role(rawValue: $0) } ?? .whole }
}

extension [Double] {
  /// Whether the values only number the rows: whole numbers, no two equal, that go up by 1 from row
  /// to row, or in a column that is called so.
  fileprivate func numberRows(named name: String) -> Bool {
    guard let first, count > 1, allSatisfy({ $0 == $0.rounded() }) else { return false }
    if count >= 10, zip(self, indices).allSatisfy({ $0 == first + Double($1) }) { return true }
    let name = name.lowercased()
    guard ["id", "index", "row", "row_id", "rowid", "uuid"].contains(name) || name.hasSuffix("_id")
    else { return false }
    return Set(self).count == count
  }
}

extension Warning {
  fileprivate static func indexAsFeature(_ name: String) -> Warning {
    Warning(
      .indexAsFeature, "the feature `\(name)` only numbers the rows, so it predicts nothing",
      remedy: "name the features without it: `features=[…]`")
  }
}

extension Diagnostic.Kind {
  public static let indexAsFeature = Diagnostic.Kind(
    "W0707", "index-as-feature", .warning,
    explanation: .init(
      """
      A column that counts the rows or identifies them is different in every row. A model can only \
      learn from it which rows it has seen, or how the file was sorted. `features=` names the \
      columns to use; a column named there is used without a warning.
      """,
      wrong: """
        # loans.csv holds: id,income,late / 17,2,1 / 12,5,0 / 25,4,0 / 11,1,1
        dataset(read("loans.csv"), target="late")
        """,
      right: """
        # loans.csv holds: id,income,late / 17,2,1 / 12,5,0 / 25,4,0 / 11,1,1
        dataset(read("loans.csv"), target="late", features=["income"])
        """))
}

extension CallError {
  fileprivate static func targetAsFeature(_ target: String) -> CallError {
    CallError(
      .unsuitableArgument,
      "the target `\(target)` is among the features, so a model would learn the answer itself",
      remedy: "leave it out of `features`", parameter: "features")
  }
}

extension Table {
  /// The named columns as features.
  func features(
    _ names: [String], labels: [Bool], target: String?
  ) throws(CallError) -> Dataset {
    var columns: [[Double]] = []
    for name in names {
      let column = try column(named: name, parameter: "features")
      columns.append(try column.numbers(parameter: "features").values)
    }
    do throws(DatasetError) {
      return try Dataset(
        featureNames: names, features: columns, labels: labels, targetName: target)
    } catch {
      throw CallError(.unsuitableArgument, error.description, parameter: "features")
    }
  }
}

extension Warning {
  fileprivate static func oneClassDrawn(_ absent: String) -> Warning {
    Warning(
      .oneClass, "none of the rows is \(absent)",
      remedy: "draw more rows, or choose another `majority`")
  }
}

extension Dataset {
  /// What no row is, if all are of one class.
  fileprivate var absentClass: String? {
    if positives == 0 { return "positive" }
    return positives == rows ? "negative" : nil
  }

  /// Identifies the content by the bits of features and labels.
  fileprivate var fingerprint: UInt64 {
    var hash = ContentHash()
    for column in features { for number in column { hash.combine(number.bitPattern) } }
    for label in labels { hash.combine(label ? 1 : 0) }
    return hash.value
  }
}

extension CallError {
  fileprivate init(_ error: SyntheticDataError) {
    self.init(.unsuitableArgument, error.description)
  }
}

extension Diagnostic.Kind {
  /// Rows were not set aside for this.
  public static let noSuchPart = Diagnostic.Kind(
    "E0407", "no-such-part",
    explanation: .init(
      """
      Only split rows have parts: `synth` makes train and val, `split` also test.
      """,
      wrong: """
        data = synth(1000, 0.9)
        rows = [data]
        rows[0].test
        """,
      right: """
        data = split(synth(1000, 0.9), train=0.6, val=0.2, test=0.2)
        data.test
        """))
}
