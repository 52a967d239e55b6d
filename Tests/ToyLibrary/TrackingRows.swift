import ThrModel

extension [Builtin] {
  /// Functions whose values know their rows, and what the rows were used for.
  static let trackingRows: [Builtin] = [
    Builtin(
      "data", .data, "Ten rows.", example: "data(1)",
      Builtin.Form(Parameter<Int>("source", "Which.")) { _, source in
        TrackedRows(
          provenance: Provenance(source: UInt64(source), rows: .all(count: 10), role: .whole))
      }),
    Builtin(
      "fit", .models, "Fits.", example: "fit(data(1).train)",
      Builtin.Form(Parameter<TrackedRows>("rows", use: .fits, "Rows.")) { _, rows in
        TrackedModel(history: rows.history + used(.fits, rows), threshold: 0.5)
      }),
    Builtin(
      "tune", .tuning, "Chooses.", example: "tune(fit(data(1).train), data(1).val)",
      Builtin.Form(
        Parameter<TrackedModel>("model", "A model."),
        Parameter<TrackedRows>("rows", use: .chooses, "Rows."),
        Parameter<Double>("at", default: 0.25, "Where.")
      ) { _, model, rows, threshold in
        TrackedModel(history: model.history + used(.chooses, rows), threshold: threshold)
      }),
    Builtin(
      "report", .tuning, "Reports.", example: "report(fit(data(1).train), data(1).test)",
      Builtin.Form(
        Parameter<TrackedModel>("model", "A model."),
        Parameter<TrackedRows>("rows", use: .reports, "Rows.")
      ) { _, model, _ in model.threshold }),
  ]

  private static func used(_ use: RowsUse, _ rows: TrackedRows) -> [PastUse] {
    rows.provenance.map { [PastUse(use, of: $0)] } ?? []
  }
}
