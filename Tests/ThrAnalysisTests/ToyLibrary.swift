import ThresholdEngine
import ThrModel

/// A value of a type that has members and nothing inside: the checker reads declarations only.
struct Toy<Kind: ToyKind>: LanguageObject {
  static var typeName: ObjectType.Name { Kind.typeName }
  static var example: Toy { Toy() }
}

protocol ToyKind: Hashable, Sendable {
  static var typeName: ObjectType.Name { get }
}

enum DatasetKind: ToyKind { static let typeName: ObjectType.Name = "dataset" }
enum ModelKind: ToyKind { static let typeName: ObjectType.Name = "model" }
enum ScoresKind: ToyKind { static let typeName: ObjectType.Name = "scores" }
enum TuningKind: ToyKind { static let typeName: ObjectType.Name = "tuning" }
enum TableKind: ToyKind { static let typeName: ObjectType.Name = "table" }
enum EvaluationKind: ToyKind { static let typeName: ObjectType.Name = "evaluation" }

typealias Dataset = Toy<DatasetKind>
typealias Model = Toy<ModelKind>
typealias Scores = Toy<ScoresKind>
typealias Tuning = Toy<TuningKind>
typealias Rows = Toy<TableKind>
typealias Evaluation = Toy<EvaluationKind>

extension Library {
  static let toy = Library(builtins: .toy, constants: .toy, types: .toy)
}

extension [Constant] {
  fileprivate static let toy: [Constant] = [
    Constant("f1", .metrics, .metric(.f1), "Harmonic mean of precision and recall."),
    Constant("recall", .metrics, .metric(.recall), "The share of positives that are flagged."),
    Constant("precision", .metrics, .metric(.precision), "The share of flags that are right."),
    Constant("fpr", .metrics, .metric(.fpr), "The share of negatives that are flagged."),
    Constant("flag_rate", .metrics, .metric(.flagRate), "The share of rows that are flagged."),
    Constant("tp", .metrics, .metric(.tp), "True positives."),
    Constant("fp", .metrics, .metric(.fp), "False positives."),
    Constant("fn", .metrics, .metric(.fn), "False negatives."),
  ]
}

extension [ObjectType] {
  fileprivate static let toy: [ObjectType] = [
    .toy(
      Dataset.self,
      MemberOf("rows", "How many rows.") { _ in 1.0 },
      MemberOf("train", role: .train, "Training rows, to fit the model on.") { _ in Dataset() },
      MemberOf("val", role: .val, "The rows to tune on.") { _ in Dataset() },
      MemberOf("test", role: .test, "The rows to report on.") { _ in Dataset() },
      MemberOf("whole", role: .whole, "All rows.") { _ in Dataset() }),
    .toy(Model.self, MemberOf("kind", "What was fitted.") { _ in "logreg" }),
    .toy(
      Scores.self, MemberOf("score", "The scores.") { _ in [1.0] },
      MemberOf("rows", "How many rows.") { _ in 1.0 }),
    .toy(
      Tuning.self, MemberOf("threshold", choice: true, "The threshold.") { _ in Double?.some(0.5) },
      MemberOf("value", "The metric's value.") { _ in Outcome(0.5) },
      MemberOf("metric", "The metric.") { _ in Metric.f1 }),
    .toy(Rows.self, MemberOf("rows", "How many rows.") { _ in 1.0 }),
    .toy(
      Evaluation.self, MemberOf("precision", "The precision.") { _ in Outcome(0.5) },
      MemberOf("recall", "The recall.") { _ in Outcome(0.5) }),
  ]
}

extension ObjectType {
  fileprivate static func toy<Kind>(
    _ type: Toy<Kind>.Type, _ members: MemberOf<Toy<Kind>>...
  ) -> ObjectType {
    ObjectType(
      type, "A toy.", members: members, line: { _ in "toy" }, text: { _ in "toy" })
  }
}

extension [Builtin] {
  fileprivate static let toy: [Builtin] = data + tuning + everyday

  private static let data: [Builtin] = [
    Builtin(
      "synth", .data, "Makes data.", effect: .draws, example: "synth(10, 0.5)",
      Builtin.Form(
        Parameter<Int>("rows", in: 1...1e9, "How many rows."),
        Parameter<Double>("majority", in: 0...1, "The share of negatives."),
        Parameter<Int>("features", in: 1...1000, default: 2, "How many features."),
        Parameter<Int>("seed", default: 4, "The seed."), rows: .own
      ) { _, _, _, _, _ in Dataset() }),
    Builtin(
      "read", .data, "Reads a table.", effect: .readsFiles, example: "read(\"a.csv\")",
      Builtin.Form(Parameter<String>("path", kind: .path, "The file."), rows: .own) { _, _ in
        Rows()
      }),
    Builtin(
      "write", .files, "Writes a value.", effect: .writesFiles, example: "write(1, \"a.csv\")",
      Builtin.Form(
        Parameter<Value>("value", "The values to print."),
        Parameter<String>("path", kind: .path, "The file.")
      ) { _, _, _ in Value.none }),
    Builtin(
      "dataset", .data, "Makes a table a dataset.", example: "dataset(read(\"a.csv\"), \"y\")",
      Builtin.Form(
        Parameter<Rows>("table", "The table."),
        Parameter<String>("target", kind: .column, "The column."), rows: .all(of: "table")
      ) { _, _, _ in Dataset() }),
    Builtin(
      "filter", .data, "Keeps rows.", example: "filter(read(\"a.csv\"), age > 30)",
      Builtin.Form(
        Parameter<Rows>("table", "The table."),
        Parameter<RowExpression>("condition", kind: .rowExpression, "What rows must meet.")
      ) { _, _, _ in Rows() }),
    Builtin(
      "split", .data, "Parts rows.", effect: .draws, example: "split(synth(10, 0.5))",
      Builtin.Form(
        Parameter<Dataset>("data", "The rows."),
        Parameter<Double>("train", in: 0...1, default: 0.6, "The share to fit on."),
        Parameter<Int>("seed", default: 2, "The seed."), rows: .all(of: "data")
      ) { _, _, _, _ in Dataset() }),
  ]

  private static let tuning: [Builtin] = [
    Builtin(
      "logreg", .models, "Fits a model.", example: "logreg(synth(10, 0.5))",
      Builtin.Form(
        Parameter<Dataset>("data", use: .fits, "The rows."),
        Parameter<Double>("c", in: 0...1e12, excludingLowerBound: true, default: 1, "Penalty."),
        Parameter<String?>("class_weight", words: ["balanced"], "Weights.")
      ) { _, _, _, _ in Model() }),
    Builtin(
      "scores", .models, "Scores rows.", example: "scores([0.5], [1])",
      Builtin.Form(
        Parameter<Model>("model", "The model."), Parameter<Dataset>("rows", "The rows."),
        rows: .all(of: "rows")
      ) { _, _, _ in Scores() },
      Builtin.Form(
        Parameter<[Double]>("score", "The scores."), Parameter<[Double]>("label", "The labels.")
      ) { _, _, _ in Scores() }),
    Builtin(
      "tune", .tuning, "Finds the best threshold.", example: "tune(scores([0.5], [1]), f1)",
      Builtin.Form(
        Parameter<Model>("model", "The model."),
        Parameter<Dataset>("rows", use: .chooses, "The rows."),
        Parameter<Metric>(
          "metric", kind: .objective(goal: "goal", constraint: "where"), "What to optimise."),
        Parameter<Double?>("step", in: 0...1, excludingLowerBound: true, "The grid's step."),
        Parameter<Constraint?>("where", "What must hold."),
        Parameter<String?>("goal", words: ["max", "min"], "The direction."),
        Parameter<String?>("ties", words: ["lowest", "highest"], "The tie rule.")
      ) { _, _, _, _, _, _, _, _ in Tuning() },
      Builtin.Form(
        Parameter<Scores>("scores", use: .chooses, "The scores."),
        Parameter<Metric>(
          "metric", kind: .objective(goal: "goal", constraint: "where"), "What to optimise."),
        Parameter<Double?>("step", in: 0...1, excludingLowerBound: true, "The grid's step."),
        Parameter<Constraint?>("where", "What must hold."),
        Parameter<String?>("goal", words: ["max", "min"], "The direction."),
        Parameter<String?>("ties", words: ["lowest", "highest"], "The tie rule.")
      ) { _, _, _, _, _, _, _ in Tuning() }),
    Builtin(
      "calibrate", .models, "Calibrates scores.", example: "calibrate(scores([0.5], [1]))",
      Builtin.Form(
        Parameter<Scores>("scores", use: .calibrates, "The scores."), rows: .all(of: "scores")
      ) { _, _ in Scores() },
      Builtin.Form(
        Parameter<Model>("model", "The model."),
        Parameter<Dataset>("rows", use: .calibrates, "The rows.")
      ) { _, _, _ in Model() }),
    Builtin(
      "evaluate", .tuning, "Judges a threshold.",
      example: "evaluate(scores([0.5], [1]), at=0.5)",
      Builtin.Form(
        Parameter<Model>("model", "The model."),
        Parameter<Dataset>("rows", use: .reports, "The rows."),
        Parameter<Value>("at", default: .number(0.5), "The threshold.")
      ) { _, _, _, _ in Evaluation() },
      Builtin.Form(
        Parameter<Scores>("scores", use: .reports, "The scores."),
        Parameter<Value>("at", default: .number(0.5), "The threshold.")
      ) { _, _, _ in Evaluation() }),
    Builtin(
      "cost", .metrics, "A cost.", example: "cost(fp=1, fn=2)",
      Builtin.Form(
        Parameter<Double>("fp", "Of a false alarm."), Parameter<Double>("fn", "Of a miss.")
      ) { _, _, _ in Metric.fp }),
  ]

  private static let everyday: [Builtin] = [
    Builtin(
      "print", .everyday, "Prints.", effect: .prints, example: "print(1)",
      Builtin.Form(Parameter<List>("values", kind: .variadic, "What to print.")) { _, _ in
        Value.none
      }),
    Builtin(
      "len", .everyday, "How long.", example: "len([1])",
      Builtin.Form(Parameter<List>("list", "The list.")) { _, list in Double(list.count) },
      Builtin.Form(Parameter<String>("text", "The text.")) { _, text in Double(text.count) }),
    Builtin(
      "range", .everyday, "Whole numbers.", example: "range(3)",
      Builtin.Form(Parameter<Int>("end", "The end.")) { _, _ in [0.0] }),
    Builtin(
      "sum", .everyday, "The sum.", example: "sum([1])",
      Builtin.Form(Parameter<[Double]>("list", "The numbers.")) { _, _ in Outcome(1) }),
    Builtin(
      "max", .everyday, "The largest.", example: "max(1, 2)",
      Builtin.Form(Parameter<[Double]>("list", "The numbers.")) { _, _ in Outcome(1) },
      Builtin.Form(Parameter<[Double]>("values", kind: .variadic, "The numbers.")) { _, _ in
        Outcome(1)
      }),
    Builtin(
      "text", .everyday, "The value as a text.", example: "text(1)",
      Builtin.Form(Parameter<Value>("value", "The value.")) { _, _ in "" }),
    Builtin(
      "number", .everyday, "The text as a number.", example: "number(\"1\")",
      Builtin.Form(Parameter<String>("text", "The text.")) { _, _ in Outcome(1) }),
  ]
}
