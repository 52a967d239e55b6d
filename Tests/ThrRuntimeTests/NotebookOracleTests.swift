import Synchronization
import TableIO
import Testing
import ThrModel
import ThrRuntime
import ThrSyntax
import ToyLibrary

/// Regardless of earlier edits, a notebook says of a text what a fresh one, and a run, say of it.
@Suite struct NotebookOracleTests {
  @Test(arguments: 0..<8)
  func editsLeaveNoTrace(block: UInt64) {
    for seed in block * 6..<(block + 1) * 6 {
      var edits = RandomEdits(seed: seed)
      let files = MemoryFileSystem(texts: RandomProgram.files)
      let book = Book(files: files)
      for step in 0..<25 {
        edits.edit(files)
        let text = edits.text
        let remembered = book(text)
        let fresh = Book(files: files)(text)
        guard remembered == fresh else {
          report(seed, step, text, zip(remembered, fresh).first { $0 != $1 } ?? ("", ""))
          return
        }
        guard edits.isSound else { continue }
        let run = ran(text, files)
        let shown = shown(book, text)
        guard shown == run else {
          report(seed, step, text, (shown.joined(separator: "\n"), run.joined(separator: "\n")))
          return
        }
      }
      #expect(book.notebook.counts.remembered > book.notebook.counts.run / 2)
    }
  }

  private func report(_ seed: UInt64, _ step: Int, _ text: String, _ pair: (String, String)) {
    Issue.record(
      "seed \(seed), step \(step)\n\(text)\n=== notebook\n\(pair.0)\n=== oracle\n\(pair.1)")
  }

  /// What a session reports, up to its end.
  private func ran(_ text: String, _ files: MemoryFileSystem) -> [String] {
    let lines = Mutex<[String]>([])
    let display = ValueDisplay(Library.running)
    let session = Session(Library.running, context: CallContext(files: files, display: display)) {
      let line: String? =
        switch $0 {
        case .shown(let value, let span): "shown \(display.line(value)) at \(span)"
        case .printed(let line): "printed \(line)"
        case .warning(let diagnostic, let file): "warning \(diagnostic) in \(file)"
        case .assigned, .progress, .readAgain: nil
        }
      if let line { lines.withLock { $0.append(line) } }
    }
    let outcome = session.run(parse(text), file: "main.thr")
    return lines.withLock { Self.warningsLast($0) } + ["\(outcome)"]
  }

  /// A notebook keeps warnings apart from what is shown.
  private static func warningsLast(_ lines: [String]) -> [String] {
    lines.filter { !$0.hasPrefix("warning") } + lines.filter { $0.hasPrefix("warning") }
  }

  /// What a notebook reports, up to the first failure.
  private func shown(_ book: Book, _ text: String) -> [String] {
    let display = ValueDisplay(Library.running)
    var lines: [String] = []
    for result in book.results(text) {
      var own = result.outputs.map { output in
        switch output {
        case .shown(let value, let span): "shown \(display.line(value)) at \(span)"
        case .printed(let line): "printed \(line)"
        }
      }
      own += result.warnings.map { "warning \($0.diagnostic) in \($0.file ?? "main.thr")" }
      lines += own
      switch result.state {
      case .done: continue
      case .failed(let failure):
        return Self.warningsLast(lines) + ["\(Session.Outcome.failed(failure))"]
      case .skipped(let refusal): return lines + ["skipped \(refusal)"]
      }
    }
    return Self.warningsLast(lines) + ["\(Session.Outcome.finished)"]
  }

  // MARK: - Only dependants

  @Test(arguments: 0..<10)
  func onlyWhatDependsOnAnEditRunsAgain(seed: UInt64) {
    var random = RandomProgram(seed: seed)
    var lines = (0..<60).map { "n\($0) = \($0 == 0 ? "1" : "n\(random.number($0)) + \($0)")" }
    let book = Book()
    _ = book.runs(lines.joined(separator: "\n"))
    for step in 0..<40 {
      let place = random.number(60)
      lines[place] = "n\(place) = \(place == 0 ? "" : "n\(random.number(place)) + ")\(1000 + step)"
      // Every statement that reads the edited one, directly or not.
      var affected: Set<Int> = [place]
      for line in (place + 1)..<max(60, place + 1) where line < 60 {
        let read = lines[line].split(separator: " ")[2].dropFirst()
        if let read = Int(read), affected.contains(read) { affected.insert(line) }
      }
      // Fewer where another sum comes to the same number.
      #expect((1...affected.count).contains(book.runs(lines.joined(separator: "\n"))))
    }
  }
}
