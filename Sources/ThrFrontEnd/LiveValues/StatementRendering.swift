public import DocumentEvaluation
import Drawing
import ThrAnalysis
public import ThrModel
public import ThrRuntime

/// Words for the results of statements, written once for each run of a statement.
public struct StatementRendering: Sendable {
  private struct Words {
    var known: [String: Surroundings.KnownValue] = [:]
    var hint: String?
    var full: String?
  }

  private let library: Library
  private var known: [Int: Words] = [:]
  private var used: [Int: Words] = [:]

  public init(library: Library) { self.library = library }

  /// An evaluation begins.
  public mutating func begin() { used = [:] }

  /// Forgets what the evaluation did not ask for.
  public mutating func end() {
    known = used
    used = [:]
  }

  /// The words for a statement.
  ///
  /// - Parameters:
  ///   - saysItsValue: whether a hint would repeat the text.
  ///   - isAssignment: whether the text names the one value that it gives.
  public mutating func statement(
    _ result: StatementResult, _ display: ValueDisplay, saysItsValue: Bool,
    isAssignment: Bool
  ) -> EvaluatedStatement {
    let words = words(for: result, display, isAssignment: isAssignment)
    return EvaluatedStatement(
      span: result.span, state: state(of: result), names: result.bound.map(\.name),
      known: words.known, hint: saysItsValue ? nil : words.hint, full: words.full,
      remark: remark(on: result), diagnostics: result.diagnostics)
  }

  private func remark(on result: StatementResult) -> String? {
    guard case .skipped(let refusal) = result.state, refusal.brief != refusal.description else {
      return nil
    }
    return refusal.description
  }

  private func state(of result: StatementResult) -> EvaluatedStatement.State {
    switch result.state {
    case .done: .done
    case .failed: .failed
    case .skipped(let refusal): .skipped(reason: refusal.brief)
    }
  }

  private mutating func words(
    for result: StatementResult, _ display: ValueDisplay, isAssignment: Bool
  ) -> Words {
    guard let run = result.run else { return Words() }
    let words =
      known[run] ?? used[run]
      ?? Words(
        known: result.known(library, display),
        hint: result.hint(display, isAssignment: isAssignment),
        full: result.full(display))
    used[run] = words
    return words
  }
}

extension StatementResult {
  /// What completion may show of the values that the statement bound.
  fileprivate func known(
    _ library: Library, _ display: ValueDisplay
  ) -> [String: Surroundings.KnownValue] {
    Dictionary(
      bound.map { bound in
        let value = Surroundings.KnownValue(
          type: bound.value.type, columns: bound.value.columnNames(library),
          display: String(display.line(bound.value.shortText).prefix(Self.longestLine)))
        return (bound.name, value)
      }
    ) { _, last in last }
  }

  /// Result of the statement, in a few words: the value shown last, else the lines that it printed,
  /// else the values that it bound, with their names but for an assignment's own.
  fileprivate func hint(_ display: ValueDisplay, isAssignment: Bool) -> String? {
    for case .shown(let value, _) in outputs.reversed() { return display.hint(value.shortText) }
    let values = boundValues
    if isAssignment, values.count == 1, let only = values.first {
      return display.hint(only.value.shortText)
    }
    let printed = outputs.compactMap { if case .printed(let line) = $0 { line } else { nil } }
    if !printed.isEmpty { return cut(printed.suffix(Self.mostShown).joined(separator: "  ")) }
    guard !values.isEmpty else { return nil }
    return cut(
      values.map { "\($0.name) \(display.hint($0.value.shortText))" }.joined(separator: "  "))
  }

  /// All that it showed and printed, or else the values that it bound.
  fileprivate func full(_ display: ValueDisplay) -> String? {
    var parts = outputs.suffix(Self.mostShown).map { output in
      switch output {
      case .shown(let value, _): display.full(value.beginning)
      case .printed(let line): String(line.prefix(Self.longestLine))
      }
    }
    let left = omittedOutputs + outputs.count - parts.count
    if left > 0 { parts.insert("… \(left) more before", at: 0) }
    if parts.isEmpty {
      let values = boundValues
      parts =
        values.count == 1
        ? values.map { display.full($0.value.beginning) }
        : values.map { bound in
          "\(bound.name): \(display.line(bound.value.shortText).prefix(Self.longestLine))"
        }
    }
    return parts.isEmpty ? nil : String(parts.joined(separator: "\n").prefix(Self.longestText))
  }

  private static let mostShown = 20
  private static let longestLine = 1_000
  // More is not read in a hover, and every client would have to lay it out.
  private static let longestText = 50_000

  private var boundValues: [Bound] {
    bound.filter { if case .function = $0.value { false } else { true } }
  }

  private func cut(_ text: String) -> String {
    let line = text.prefix { !$0.isNewline }
    return line.count <= ValueDisplay.hintLength
      ? String(line) : line.prefix(ValueDisplay.hintLength - 1) + "…"
  }
}

extension Value {
  /// As much of a long list or text as someone looks at.
  var beginning: Value {
    guard case .list(let list) = self, !list.isPacked else { return shortText }
    return .list(List(list.prefix(100).map(\.shortText)))
  }

  /// The value itself, but of a long text only as much as someone looks at.
  fileprivate var shortText: Value {
    guard case .text(let text) = self, text.utf8.count > 20_000 else { return self }
    return .text(text.prefix(10_000) + "…")
  }
}
