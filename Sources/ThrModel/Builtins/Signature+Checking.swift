import NumberText
public import ThrSyntax

extension Signature.Parameter {
  /// Refuses a value of the wrong type, out of range, or not among the words.
  ///
  /// The checker asks the same of literals, so that both say the same thing.
  public func check(_ value: Value) throws(CallError) {
    if let kind = value.kind, takes(kind) { return }
    if value == self.defaultValue { return }
    if self.type.accepts(value.type) == .never { throw mismatch(value.type) }
    try checkWhole(value)
    try checkRange(value)
    try checkWords(value)
  }

  private func checkWhole(_ value: Value) throws(CallError) {
    guard self.isWhole, case .number(let number) = value, Int(exactly: number) == nil else {
      return
    }
    throw CallError(
      .typeMismatch, "`\(self.name)` must be a whole number, found \(number.shortestText)",
      parameter: self.name)
  }

  private func checkRange(_ value: Value) throws(CallError) {
    guard let range = self.range, case .number(let number) = value else { return }
    let isInside =
      range.contains(number) && !(self.excludesLowerBound && number == range.lowerBound)
    if isInside { return }
    throw CallError(
      .outOfRange, "`\(self.name)` must be \(rangeText), not \(number.shortestText)",
      remedy: number.percentSuggestion(in: range), parameter: self.name,
      replacement: number.percent(in: range))
  }

  /// The allowed numbers in words: “from 0 to 1”, “above 0”.
  public var rangeText: String {
    guard let range = self.range else { return "a number" }
    let low = range.lowerBound.shortestText
    let high = range.upperBound.shortestText
    if range.upperBound == .infinity {
      return self.excludesLowerBound ? "above \(low)" : "at least \(low)"
    }
    return self.excludesLowerBound ? "above \(low) and at most \(high)" : "from \(low) to \(high)"
  }

  private func checkWords(_ value: Value) throws(CallError) {
    guard !self.words.isEmpty, case .text(let word) = value, !self.words.contains(word) else {
      return
    }
    let near = Spelling.nearest(to: word, among: self.words)
    throw CallError(
      .unknownWord, "`\(self.name)` cannot be \"\(word)\"",
      remedy: near.map { "did you mean \"\($0)\"?" }
        ?? "use one of \(self.words.map { "\"\($0)\"" }.joined(separator: ", "))",
      parameter: self.name, replacement: near?.quoted)
  }

  func mismatch(_ argument: Argument) -> CallError {
    guard case .value(let value) = argument else { return mismatch(.function) }
    if self.type.accepts(.number) != .never, case .number(let number) = value {
      return CallError(
        .typeMismatch, "`\(self.name)` must be a whole number, found \(number.shortestText)",
        parameter: self.name)
    }
    return mismatch(value.type)
  }

  public func mismatch(_ found: ValueType) -> CallError {
    CallError(
      .typeMismatch, "`\(self.name)` must be \(self.type.withArticle), found \(found.withArticle)",
      remedy: found == .constraint && self.type.accepts(.boolean) == .always
        ? CallError.conditionRemedy(found) : nil,
      parameter: self.name)
  }
}

extension Diagnostic.Kind {
  public static let typeMismatch = Diagnostic.Kind(
    "E0201", "type-mismatch",
    explanation: .init(
      """
      The value has the wrong type here. Types are never declared: they follow from how values are \
      made.
      """,
      wrong: "sum(\"1, 2\")",
      right: "sum([1, 2])"))

  public static let outOfRange = Diagnostic.Kind(
    "E0202", "out-of-range",
    explanation: .init(
      """
      The number is outside the range that the argument allows.
      """,
      wrong: "synth(1000, 1.5)",
      right: "synth(1000, 0.95)"))

  public static let unknownWord = Diagnostic.Kind(
    "E0203", "unknown-word",
    explanation: .init(
      """
      An option must be one of its allowed words, written as a text.
      """,
      wrong: "tune(s, f1, ties=\"low\")",
      right: "tune(s, f1, ties=\"lowest\")"))

}
