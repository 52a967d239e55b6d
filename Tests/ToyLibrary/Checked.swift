import ThrModel

extension [Builtin] {
  /// Functions whose arguments are checked.
  static let checked: [Builtin] = [
    // Two forms, distinguished by the first argument.
    Builtin(
      "shape", .everyday, "Which form?", example: "shape(1)",
      Builtin.Form(
        Parameter<Double>("size", "A number."), Parameter<Double>("scale", default: 1, "A factor.")
      ) { _, size, scale in "number \(size * scale)" },
      Builtin.Form(
        Parameter<String>("name", "A text."), Parameter<String>("mark", default: "!", "A mark.")
      ) { _, name, mark in "text \(name)\(mark)" }),
    Builtin(
      "letters", .everyday, "Texts only.", example: "letters(\"a\")",
      Builtin.Form(Parameter<[String]>("texts", "Texts.")) { _, texts in texts.joined() }),
    Builtin(
      "options", .everyday, "Checked arguments.", example: "options(0.5)",
      Builtin.Form(
        Parameter<Double>("share", in: 0...1, "From 0 to 1."),
        Parameter<String>("mode", default: "fast", words: ["fast", "exact"], "How."),
        Parameter<Double?>("limit", "None for no limit.")
      ) { _, share, mode, limit -> String in
        let most = limit.map { "\($0)" } ?? "none"
        return "\(share) \(mode) \(most)"
      }),
  ]
}
