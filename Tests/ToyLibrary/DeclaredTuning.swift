import ThresholdEngine
import ThrModel

extension [Builtin] {
  /// From rows to a threshold.
  static let tuning: [Builtin] = [
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
          "metric", kind: .objective(goal: "goal", constraints: ["where"]), "What to optimise."),
        Parameter<Double?>("step", in: 0...1, excludingLowerBound: true, "The grid's step."),
        Parameter<Constraint?>("where", "What must hold."),
        Parameter<String?>("goal", words: ["max", "min"], "The direction."),
        Parameter<String?>("ties", words: ["lowest", "highest"], "The tie rule.")
      ) { _, _, _, _, _, _, _, _ in Tuning() },
      Builtin.Form(
        Parameter<Scores>("scores", use: .chooses, "The scores."),
        Parameter<Metric>(
          "metric", kind: .objective(goal: "goal", constraints: ["where"]), "What to optimise."),
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
}
