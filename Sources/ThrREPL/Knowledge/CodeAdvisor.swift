import TerminalOutput
import ThrAnalysis
import ThrModel
import ThrSyntax

/// What the analysis knows of an input, as the prompt shows it: translates, decides nothing.
final class CodeAdvisor: Advisor {
  private let vocabulary: Vocabulary
  private let options: Analysis.Options
  var commands: [PromptCommand]
  /// The names of the session so far.
  var following = Interface()
  var surroundings = Surroundings.none
  /// The columns of the terminal, for help.
  var width: () -> Int = { 80 }
  /// The document of the text that was asked about last.
  private var known: (code: String, document: Document)?

  init(_ vocabulary: Vocabulary, options: Analysis.Options, commands: [PromptCommand]) {
    self.vocabulary = vocabulary
    self.options = options
    self.commands = commands
  }

  /// The first question of all makes the library, and the first one about the names of a session
  /// the list of them.
  func prepare() {
    if known == nil { _ = completions(in: EditBuffer()) }
  }

  /// Starts again after the session's names have changed.
  func forget() { known = nil }

  /// The document of a code, the same for every question about it.
  func document(of code: String) -> Document {
    if let known, known.code == code { return known.document }
    var document =
      known?.document
      ?? Document(Source(""), knowing: vocabulary, following: following, options: options)
    document.edit(to: Source(code))
    known = (code, document)
    return document
  }

  func isIncomplete(_ text: String) -> Bool {
    guard case .code(let code, _) = PromptInput(text) else { return false }
    return document(of: code).parse.isIncomplete
  }

  func completions(in buffer: EditBuffer) -> CompletionList {
    switch PromptInput(buffer.text) {
    case .code(let code, let shift):
      let completions = document(of: code).completions(at: buffer.cursor + shift, in: surroundings)
      return CompletionList(
        range: (completions.span.start - shift)..<(completions.span.end - shift),
        items: completions.items.map {
          CompletionList.Item(
            $0.label, detail: $0.detail, summary: $0.summary, insertion: $0.insertion)
        })
    case .command: return PromptCommand.completions(in: buffer, among: commands, surroundings)
    case .help, .source: return helpCompletions(in: buffer)
    case .shell: return .none
    case .empty:
      let completions = document(of: "").completions(at: 0, in: surroundings)
      return CompletionList(
        range: buffer.cursor..<buffer.cursor,
        items: completions.items.map {
          CompletionList.Item(
            $0.label, detail: $0.detail, summary: $0.summary, insertion: $0.insertion)
        })
    }
  }

  /// The names that there is help for.
  private func helpCompletions(in buffer: EditBuffer) -> CompletionList {
    let start =
      buffer.beforeCursor.lastIndex { !$0.isWordPart }
      .map { buffer.offset(buffer.text.index(after: $0)) } ?? 0
    let typed = buffer.text[buffer.index(start)..<buffer.index(buffer.cursor)]
    let items =
      vocabulary.signatures.map { ($0.name, $0.summary) }
      + vocabulary.constants.map { ($0.name, $0.summary) }
    return CompletionList(
      range: start..<buffer.cursor,
      items: items.filter { $0.0.hasPrefix(typed) }.sorted { $0.0 < $1.0 }
        .map { CompletionList.Item($0.0, summary: $0.1) })
  }

  func help(in buffer: EditBuffer) -> String? {
    guard case .code(let code, let shift) = PromptInput(buffer.text) else { return nil }
    return document(of: code).hover(at: buffer.cursor + shift)?.document.text(width: width())
  }

  // MARK: - Advice

  func advice(on buffer: EditBuffer) -> Advice {
    switch PromptInput(buffer.text) {
    case .code(let code, let shift): advice(on: document(of: code), buffer, shift)
    case .command(let name, _): commandAdvice(buffer, name)
    case .help, .source, .shell:
      Advice(runs: [ScreenFrame.Run(range: 0..<buffer.count, style: TextStyle(.note))])
    case .empty: Advice()
    }
  }

  private func advice(on document: Document, _ buffer: EditBuffer, _ shift: Int) -> Advice {
    let cursor = buffer.cursor + shift
    let worthSaying = document.diagnosticsWorthSaying(
      whileTypingAt: cursor, and: document.columnFaults(in: surroundings))
    var advice = Advice()
    advice.runs = document.colours.compactMap { colour in
      colour.span.range(shiftedBy: -shift).map { ScreenFrame.Run(range: $0, style: colour.style) }
    }
    advice.faults = worthSaying.compactMap { $0.span.range(shiftedBy: -shift) }
    if let (open, close) = document.matchingBracket(at: cursor) {
      advice.brackets = [open, close].compactMap { $0.range(shiftedBy: -shift) }
    }
    if let diagnostic = document.nearest(of: worthSaying, to: cursor) {
      advice.remark = Advice.Remark(
        isError: diagnostic.severity == .error, message: diagnostic.message,
        remedy: diagnostic.remedy)
      advice.fix = diagnostic.fixes.first.flatMap { fix in
        fix.span.range(shiftedBy: -shift).map {
          Advice.Fix(title: fix.title, range: $0, replacement: fix.replacement)
        }
      }
    }
    advice.signature = document.signatureHelp(at: cursor).map(Advice.SignatureLine.init)
    return advice
  }

  private func commandAdvice(_ buffer: EditBuffer, _ name: String) -> Advice {
    let isKnown = commands.contains { $0.isNamed(name) }
    let start = buffer.text.prefix { $0.isWhitespace }.utf8.count
    // `cd` is written without the point.
    let point = buffer.text.trimmed.hasPrefix(".") ? 1 : 0
    let end = min(start + point + name.utf8.count, buffer.count)
    return Advice(
      runs: [ScreenFrame.Run(range: start..<end, style: TextStyle(isKnown ? .keyword : .plain))])
  }
}

extension Document {
  /// The diagnostic under the cursor, or else the nearest on its line.
  func nearest(of diagnostics: [Diagnostic], to cursor: Int) -> Diagnostic? {
    let line = source.lines.line(at: cursor)
    func distance(_ diagnostic: Diagnostic) -> Int {
      max(diagnostic.span.start - cursor, cursor - diagnostic.span.end, 0)
    }
    return diagnostics.filter {
      source.lines.line(at: $0.span.start) == line || $0.span.touches(cursor)
    }
    .min { distance($0) < distance($1) }
  }

  /// The diagnostics but for those that say no more than that the input is not typed to its end.
  ///
  /// - Parameter more: what is known beyond the document, of columns.
  func diagnosticsWorthSaying(
    whileTypingAt cursor: Int, and more: [Diagnostic] = []
  ) -> [Diagnostic] {
    let diagnostics = diagnostics + more
    guard !diagnostics.isEmpty else { return [] }
    // A word whose end is being typed is not wrong yet if it can become right.
    let isTypingWord =
      cursor > 0 && source.bytes[cursor - 1].isWordByte
      && (cursor == source.bytes.count || !source.bytes[cursor].isWordByte)
    let canBecomeRight =
      isTypingWord && diagnostics.contains { $0.span.end == cursor }
      && !completions(at: cursor).items.isEmpty
    let end = (source.bytes.lastIndex { $0 > 0x20 } ?? -1) + 1
    return diagnostics.filter { diagnostic in
      if canBecomeRight, diagnostic.span.end == cursor { return false }
      if diagnostic.span.end == cursor, isNumberUnderWay(at: cursor) { return false }
      if diagnostic.span.end == cursor, startsAssignment(diagnostic) { return false }
      // The text that the cursor is in is closed when all of it is typed.
      if diagnostic.kind == .unterminatedText, diagnostic.span.start < cursor,
        cursor <= diagnostic.span.end
      {
        return false
      }
      // What is missing at the end is still to come.
      let isAtEnd = parse.isIncomplete && diagnostic.span.end >= end
      return !(isAtEnd && parse.diagnostics.contains(diagnostic))
    }
  }
}

extension Document {
  /// Whether a number was typed up to its decimal point.
  private func isNumberUnderWay(at cursor: Int) -> Bool {
    cursor > 1 && source.bytes[cursor - 1] == UInt8(ascii: ".")
      && (0x30...0x39).contains(source.bytes[cursor - 2])
  }

  /// Whether an unknown name is all there is of a statement, so that `=` may follow.
  private func startsAssignment(_ diagnostic: Diagnostic) -> Bool {
    guard diagnostic.kind == .unknownName,
      case .expression(.name(let name))? = parse.program.statements.last
    else { return false }
    return name.span == diagnostic.span
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
    default: false
    }
  }
}

extension Span {
  /// The part of the span that lies in the text when it begins elsewhere; `nil` where none does.
  fileprivate func range(shiftedBy shift: Int) -> Range<Int>? {
    let end = end + shift
    return end > 0 ? max(start + shift, 0)..<end : nil
  }
}

extension Advice.SignatureLine {
  fileprivate init(_ help: SignatureHelp) {
    let form = help.forms[help.activeForm]
    let active = form.activeParameter.map { form.parameters[$0] }
    self.init(
      text: form.label, parameters: form.parameters.map { $0.span.start..<$0.span.end },
      active: active.map { $0.span.start..<$0.span.end },
      meaning: active?.documentation ?? "")
  }
}

extension Colour {
  fileprivate var style: TextStyle {
    switch kind {
    case .keyword: TextStyle(.keyword)
    case .function: TextStyle(.function)
    case .metric: TextStyle(.metric)
    case .number: TextStyle(.number)
    case .text: TextStyle(.text)
    case .escape, .interpolation: TextStyle(.keyword)
    case .comment: .faint
    case .invalid: TextStyle(.failure)
    case .namedArgument: TextStyle(.variable, .faint)
    case .variable, .parameter, .property, .operator, .bracket, .punctuation: .plain
    }
  }
}
