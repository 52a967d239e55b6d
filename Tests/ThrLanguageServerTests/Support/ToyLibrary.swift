import ThresholdEngine
import ThrModel

extension Library {
  /// A library just large enough to ask every kind of question about.
  static let toy = Library(
    builtins: [
      Builtin(
        "half", .everyday, "Half of a number.", example: "half(1)",
        Builtin.Form(Parameter<Double>("number", "The number.")) { _, number in number / 2 }),
      Builtin(
        "mix", .everyday, "Mixes two numbers.", example: "mix(1, 2)",
        Builtin.Form(
          Parameter<Double>("left", "One number."), Parameter<Double>("right", "The other."),
          Parameter<String?>("how", words: ["evenly", "roughly"], "The way.")
        ) { _, left, right, _ in left + right },
        Builtin.Form(Parameter<String>("words", "Two words.")) { _, words in words }),
      Builtin(
        "write", .files, "Writes a value.", effect: .writesFiles, example: "write(1, \"a.csv\")",
        Builtin.Form(
          Parameter<Value>("value", "The values to print."),
          Parameter<String>("path", kind: .path, "The file.")
        ) { _, _, _ in Value.none }),
    ],
    constants: [
      Constant("f1", .metrics, .metric(.f1), "Harmonic mean of precision and recall.")
    ],
    types: []
  )
}
