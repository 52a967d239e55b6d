import Synchronization
import TableIO
import ThresholdEngine
import ThrModel
import ThrSyntax

/// A small library of the tests' own: what the runtime does must not hang on the real one.
enum Toy {
  static let library = Library(
    builtins: [
      print, range, len, text, sum, shape, letters, cell, cellElsewhere, whichRows, warn, options,
      leave, wrap,
      broken, wait, data, fit, tune, report, save, store, fetch,
    ],
    constants: [
      Constant("recall", .metrics, .metric(.recall), "Recall."),
      Constant("precision", .metrics, .metric(.precision), "Precision."),
    ],
    types: [rowsType, modelType])

  // MARK: - Everyday

  static let print = Builtin(
    "print", .everyday, "Prints.", effect: .prints, example: "print(1)",
    Form(
      Parameter<[Value]>("values", kind: .variadic, "What to print."), result: ValueType.none
    ) { context, values in
      context.print(values.map { context.display.line($0) }.joined(separator: " "))
      return Value.none
    })

  static let save = Builtin(
    "save", .files, "Writes nothing.", effect: .writesFiles, example: "save(1)",
    Form(Parameter<Value>("value", "Anything.")) { _, _ in Value.none })

  static let store = Builtin(
    "store", .files, "Writes a number.", effect: .writesFiles, example: "store(\"a\", 1)",
    Form(
      Parameter<String>("path", "Where."), Parameter<Double>("value", "A number.")
    ) { context, path, value in
      try context.files.writeFileAtomically(path, Array("\(value)".utf8))
      return Value.none
    })

  static let fetch = Builtin(
    "fetch", .files, "Reads a number.", effect: .readsFiles, example: "fetch(\"a\")",
    Form(Parameter<String>("path", "Where.")) { context, path in
      Double(String(decoding: try context.readFile(path), as: UTF8.self)) ?? 0
    })

  static let range = Builtin(
    "range", .everyday, "Numbers.", example: "range(3)",
    Form(Parameter<Double>("count", "How many.")) { (_: CallContext, count: Double) -> List in
      guard let steps = NumberSteps(from: 0, to: count, by: 1) else { return List([Double]()) }
      return List(steps)
    })

  static let len = Builtin(
    "len", .everyday, "Length.", example: "len([1])",
    Form(Parameter<List>("list", "A list.")) { _, list in list.count })

  static let text = Builtin(
    "text", .everyday, "As text.", example: "text(1)",
    Form(Parameter<Value>("value", "Anything.")) { context, value in context.display.line(value) })

  static let sum = Builtin(
    "sum", .everyday, "Sum.", example: "sum([1, 2])",
    Form(Parameter<[Double]>("numbers", "Numbers.")) { _, numbers in numbers.reduce(0, +) })

  /// Two forms, distinguished by the first argument.
  static let shape = Builtin(
    "shape", .everyday, "Which form?", example: "shape(1)",
    Form(
      Parameter<Double>("size", "A number."), Parameter<Double>("scale", default: 1, "A factor.")
    ) { _, size, scale in "number \(size * scale)" },
    Form(
      Parameter<String>("name", "A text."), Parameter<String>("mark", default: "!", "A mark.")
    ) { _, name, mark in "text \(name)\(mark)" })

  static let letters = Builtin(
    "letters", .everyday, "Texts only.", example: "letters(\"a\")",
    Form(Parameter<[String]>("texts", "Texts.")) { _, texts in texts.joined() })

  static let options = Builtin(
    "options", .everyday, "Checked arguments.", example: "options(0.5)",
    Form(
      Parameter<Double>("share", in: 0...1, "From 0 to 1."),
      Parameter<String>("mode", default: "fast", words: ["fast", "exact"], "How."),
      Parameter<Double?>("limit", "None for no limit.")
    ) { _, share, mode, limit -> String in
      let most = limit.map { "\($0)" } ?? "none"
      return "\(share) \(mode) \(most)"
    })

  // MARK: - Rows

  /// Records as a table: an expression is evaluated with the fields in scope.
  static let whichRows = Builtin(
    "where", .everyday, "Filters.", example: "where([{a: 1}], a > 0)",
    Form(
      Parameter<[Record]>("rows", "Records."),
      Parameter<RowExpression>("condition", kind: .rowExpression, "What to keep.")
    ) { _, rows, condition -> [Record] in
      try rows.filter { row in
        try condition.evaluate { row[$0] } == .boolean(true)
      }
    })

  /// What stands in the row around the call.
  static let cell = Builtin(
    "cell", .everyday, "A field of the row.", example: "where([{a: 1}], cell(\"a\") > 0)",
    Form(Parameter<String>("name", "The field.")) { context, name -> Value in
      switch context.cell(name) {
      case .value(let value): value
      case .noColumn: .text("no field")
      case .noRow: .text("no row")
      }
    })

  /// Asks for a field of the row on another thread, which has none.
  static let cellElsewhere = Builtin(
    "cell_elsewhere", .everyday, "A field of the row, asked for elsewhere.",
    example: "cell_elsewhere(\"a\")",
    Form(Parameter<String>("name", "The field.")) { context, name -> String in
      let answer = Mutex("")
      onOtherThread {
        let cell = context.cell(name)
        answer.withLock { $0 = "\(cell)" }
      }
      return answer.withLock { $0 }
    })

  /// Evaluates its expression on another thread, which the runtime must refuse.
  static let leave = Builtin(
    "leave", .everyday, "Leaves the thread.", example: "leave(1)",
    Form(
      Parameter<RowExpression>("condition", kind: .rowExpression, "An expression.")
    ) { _, condition in
      let result = Mutex<Result<Value, any Error>>(.success(.none))
      onOtherThread {
        let outcome = Result { try condition.evaluate { _ in nil } }
        result.withLock { $0 = outcome }
      }
      return try result.withLock { $0 }.get()
    })

  // MARK: - Unruly ones

  static let wrap = Builtin(
    "wrap", .everyday, "A list around a value.", example: "wrap(1)",
    Form(Parameter<Value>("value", "Anything.")) { _, value in [value] })

  static let warn = Builtin(
    "warn", .everyday, "Warns.", example: "warn(\"a\")",
    Form(Parameter<String>("message", "What.")) { context, message in
      context.warn(Warning(.toyWarning, message))
      return 1.0
    })

  struct Unexpected: Error {}

  static let broken = Builtin(
    "broken", .everyday, "Fails.", example: "broken()",
    Form(Parameter<Double?>("value", "Which way.")) { _, value -> Double in
      switch value {
      case 1: throw CallError(.toyFault, "one is bad", remedy: "take two", parameter: "value")
      case 2: return .nan
      case 3: return -.infinity
      default: throw Unexpected()
      }
    })

  /// Works until it is stopped.
  static let wait = Builtin(
    "wait", .everyday, "Waits.", example: "1",
    Form(Parameter<Double?>("value", "Nothing.")) { context, _ -> Double in
      while true { try context.checkCancelled() }
    })

  // MARK: - Rows that remember

  struct Rows: LanguageObject, RemembersRows {
    static let typeName: ObjectType.Name = "rows"
    let provenance: Provenance?
    var history: [PastUse] = []
  }

  struct Model: LanguageObject, RemembersRows {
    static let typeName: ObjectType.Name = "model"
    var provenance: Provenance? { nil }
    let history: [PastUse]
    let threshold: Double
  }

  static let rowsType = ObjectType(
    Rows.self, "Rows.",
    members: [
      part("train", 0..<6, .train), part("val", 6..<8, .val), part("test", 8..<10, .test),
      MemberOf("role", "What they are for.") { $0.provenance?.role.rawValue },
    ],
    line: { "rows \($0.provenance?.role.rawValue ?? "")" }, text: { _ in "rows\nin full" })

  private static func part(_ name: String, _ rows: Range<Int>, _ role: Role) -> MemberOf<Rows> {
    MemberOf(name, "A part.") { whole in
      Rows(provenance: whole.provenance?.selecting(Array(rows), as: role), history: whole.history)
    }
  }

  static let modelType = ObjectType(
    Model.self, "A model.",
    members: [
      MemberOf("threshold", .threshold, "Its threshold.") { $0.threshold },
      MemberOf("secret", "Never there.") { _ throws(CallError) -> Double in
        throw CallError(.toyFault, "this model has no secret", remedy: "ask another")
      },
    ],
    line: { "model at \($0.threshold)" }, text: { "a model at \($0.threshold)" })

  static let data = Builtin(
    "data", .data, "Ten rows.", example: "data(1)",
    Form(Parameter<Int>("source", "Which.")) { _, source in
      Rows(
        provenance: Provenance(source: UInt64(source), rows: .all(count: 10), role: .whole))
    })

  static let fit = Builtin(
    "fit", .models, "Fits.", example: "fit(data(1).train)",
    Form(Parameter<Rows>("rows", use: .fits, "Rows.")) { _, rows in
      Model(history: rows.history + used(.fits, rows), threshold: 0.5)
    })

  static let tune = Builtin(
    "tune", .tuning, "Chooses.", example: "tune(fit(data(1).train), data(1).val)",
    Form(
      Parameter<Model>("model", "A model."), Parameter<Rows>("rows", use: .chooses, "Rows."),
      Parameter<Double>("at", default: 0.25, "Where.")
    ) { _, model, rows, threshold in
      Model(history: model.history + used(.chooses, rows), threshold: threshold)
    })

  static let report = Builtin(
    "report", .tuning, "Reports.", example: "report(fit(data(1).train), data(1).test)",
    Form(
      Parameter<Model>("model", "A model."), Parameter<Rows>("rows", use: .reports, "Rows.")
    ) { _, model, _ in model.threshold })

  private static func used(_ use: RowsUse, _ rows: Rows) -> [PastUse] {
    rows.provenance.map { [PastUse(use, of: $0)] } ?? []
  }
}

typealias Form = Builtin.Form

extension Diagnostic.Kind {
  static let toyWarning = Diagnostic.Kind("W0690", "toy-warning", .warning)
  static let toyFault = Diagnostic.Kind("E0490", "toy-fault")
}
