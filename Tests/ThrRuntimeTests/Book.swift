import TableIO
import ThrModel
import ThrRuntime
import ThrSyntax
import ToyLibrary

/// A notebook with the toy library over files in memory.
final class Book {
  let notebook: Notebook
  let files: MemoryFileSystem
  private let display = ValueDisplay(Library.running)

  init(files: MemoryFileSystem) {
    self.files = files
    notebook = Notebook(
      Library.running, context: CallContext(files: files, display: display), workingFolder: "")
  }

  convenience init(files: [String: String] = [:]) {
    self.init(files: MemoryFileSystem(texts: files))
  }

  func results(
    _ text: String, upTo limit: Int? = nil, budget: Notebook.Budget = .ample,
    mayAct: Bool = false, below folders: [String]? = nil, namesOfUsed: [String: Set<String>] = [:]
  ) -> [StatementResult] {
    var results: [StatementResult] = []
    _ = notebook.evaluate(
      parse(text), file: "main.thr", upTo: limit, budget: budget,
      permissions: .init(readableFolders: folders, mayAct: mayAct),
      namesOfUsed: { namesOfUsed[$0] }
    ) { results.append($0) }
    return results
  }

  /// What each statement came to, one line a statement.
  func callAsFunction(_ text: String) -> [String] { results(text).map(line) }

  /// How many statements a text takes to run now.
  func runs(_ text: String) -> Int {
    let before = notebook.counts.run
    _ = results(text)
    return notebook.counts.run - before
  }

  func line(_ result: StatementResult) -> String {
    var parts = result.bound.map { "\($0.name) = \(exact($0.value))" }
    parts += result.outputs.map(line)
    if result.omittedOutputs > 0 { parts.append("\(result.omittedOutputs) more") }
    parts += result.warnings.map {
      "warning \($0.file ?? "")\($0.diagnostic.span) \($0.diagnostic.message)"
    }
    switch result.state {
    case .done: break
    case .failed(let failure): parts.append("failed \(failure)")
    case .skipped(let refusal): parts.append("skipped \(refusal)")
    }
    return parts.joined(separator: "; ")
  }

  /// What a statement came to, regardless of its place and its warnings.
  func values(of result: StatementResult) -> String {
    if case .failed(let failure) = result.state {
      return "failed \(failure.diagnostics.map(\.message))"
    }
    let bound = result.bound.map { "\($0.name) = \(exact($0.value))" }
    let outputs = result.outputs.map { output in
      switch output {
      case .shown(let value, _): "shown \(exact(value))"
      case .printed(let line): "printed \(line)"
      }
    }
    return "\(result.state) \(bound + outputs)"
  }

  func line(_ output: StatementResult.Output) -> String {
    switch output {
    case .shown(let value, let span): "shown \(exact(value)) at \(span)"
    case .printed(let line): "printed \(line)"
    }
  }

  /// Bit for bit.
  private func exact(_ value: Value) -> String {
    if case .number(let number) = value { return "\(number) \(number.bitPattern)" }
    return display.line(value)
  }
}

extension Notebook.Budget {
  /// Enough on the busiest machine.
  static let ample = Notebook.Budget(
    seconds: 3_600, secondsPerStatement: 3_600, bytes: 4 << 30)
}
