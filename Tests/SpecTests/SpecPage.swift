import Foundation
import TableIO
import Testing
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax

/// A script with what each line must show or report: `#=> VALUE` and `#! CODE` at the line.
///
/// `#=>` holds the value in one line, as the prompt shows an assigned one, a text in quotes. `#!`
/// holds the code or the name of a diagnostic, several separated by spaces; alone it stands for
/// any error. Nothing may be reported at a line that does not say so.
struct SpecPage: CustomTestStringConvertible, Sendable {
  /// `topic/name`, as in the folder `Specs`.
  let name: String
  let text: String

  var testDescription: String { name }

  static let all: [SpecPage] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Specs")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var pages: [SpecPage] = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "thr", let text = try? String(contentsOf: file, encoding: .utf8)
      else { continue }
      let topic = file.deletingLastPathComponent().lastPathComponent
      pages.append(
        SpecPage(name: "\(topic)/\(file.deletingPathExtension().lastPathComponent)", text: text))
    }
    return pages.sorted { $0.name < $1.name }
  }()

  /// What the lines say that they show, by line number from 1.
  var expectedValues: [Int: String] { marks(after: "#=>").mapValues { $0[...].trimmed } }

  /// The codes or names that the lines say are reported; an empty list is any error.
  var expectedFaults: [Int: [String]] {
    marks(after: "#!").mapValues { $0.split(separator: " ").map(String.init) }
  }

  private func marks(after sign: String) -> [Int: String] {
    var marks: [Int: String] = [:]
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard let mark = line.range(of: sign) else { continue }
      // A line may have both: `#=> 0   #! degenerate-metric`.
      let rest = line[mark.upperBound...]
      marks[number + 1] = String(rest[..<(rest.range(of: "  #")?.lowerBound ?? rest.endIndex)])
    }
    return marks
  }
}

extension Substring {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}

/// What a page shows and reports, by line number from 1.
struct SpecRun {
  private(set) var values: [Int: String] = [:]
  private(set) var faults: [Int: Set<Diagnostic.Kind>] = [:]
  private let lines: LineMap
  private let display = ValueDisplay(.standard)

  init(_ page: SpecPage) {
    let parsed = parse(page.text)
    lines = LineMap(Array(page.text.utf8))
    note(parsed.diagnostics)
    note(Analysis(of: parsed, knowing: Library.standard.vocabulary).diagnostics)
    let notebook = Notebook(
      .standard, context: CallContext(files: MemoryFileSystem(), display: display),
      workingFolder: "")
    var results: [StatementResult] = []
    _ = notebook.evaluate(
      parsed, budget: .init(seconds: 600, secondsPerStatement: 600, bytes: 2 << 30),
      permissions: .init(readableFolders: nil, mayAct: true)
    ) { results.append($0) }
    for result in results { note(result) }
  }

  private mutating func note(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      faults[lines.line(at: diagnostic.span.start), default: []].insert(diagnostic.kind)
    }
  }

  private mutating func note(_ result: StatementResult) {
    note(result.diagnostics)
    for output in result.outputs {
      switch output {
      case .shown(let value, _):
        let isText = if case .text = value { true } else { false }
        values[lines.line(at: result.span.end)] =
          isText ? value.sourceText : display.line(value)
      case .printed(let line): values[lines.line(at: result.span.end)] = line
      }
    }
  }
}
