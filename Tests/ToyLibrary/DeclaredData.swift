import ThrModel

extension [Builtin] {
  /// From files and chance to rows.
  static let data: [Builtin] = [
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

  /// To files.
  static let files: [Builtin] = [
    Builtin(
      "write", .files, "Writes a value.", effect: .writesFiles, example: "write(1, \"a.csv\")",
      Builtin.Form(
        Parameter<Value>("value", "The values to print."),
        Parameter<String>("path", kind: .path, "The file.")
      ) { _, _, _ in Value.none })
  ]
}
