import TableIO
import ThrModel

extension [Builtin] {
  /// Functions that read and write numbers.
  static let ofFiles: [Builtin] = [
    Builtin(
      "save", .files, "Writes nothing.", effect: .writesFiles, example: "save(1)",
      Builtin.Form(Parameter<Value>("value", "Anything.")) { _, _ in Value.none }),
    Builtin(
      "store", .files, "Writes a number.", effect: .writesFiles, example: "store(\"a\", 1)",
      Builtin.Form(
        Parameter<String>("path", "Where."), Parameter<Double>("value", "A number.")
      ) { context, path, value in
        try context.files.writeFileAtomically(path, [UInt8]("\(value)".utf8))
        return Value.none
      }),
    Builtin(
      "fetch", .files, "Reads a number.", effect: .readsFiles, example: "fetch(\"a\")",
      Builtin.Form(Parameter<String>("path", "Where.")) { context, path in
        Double(String(decoding: try context.readUsed(path), as: UTF8.self)) ?? 0
      }),
  ]
}
