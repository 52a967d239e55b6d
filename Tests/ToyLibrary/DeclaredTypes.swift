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

extension [ObjectType] {
  static let values: [ObjectType] = [
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
