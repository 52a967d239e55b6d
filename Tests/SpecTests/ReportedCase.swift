import TableIO
import Testing
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax

/// A case of a public report about some tool of this field, with what thr must show or report.
///
/// Values are by hand, or those that the report states after scikit-learn, NumPy, pandas or R.
struct ReportedCase: CustomTestStringConvertible, Sendable {
  let name: String
  /// The report, as `owner/repository#number`.
  let report: String
  let files: [String: [UInt8]]
  let code: String
  /// What the last statements show, each in one line, a text in quotes.
  let shows: [String]
  /// What the messages have in them.
  let says: [String]
  /// What they have not.
  let never: [String]
  let fails: Bool

  init(
    _ name: String, _ report: String, files: [String: String] = [:],
    bytes: [String: [UInt8]] = [:], _ code: String, shows: [String] = [], says: [String] = [],
    never: [String] = [], fails: Bool = false
  ) {
    self.name = name
    self.report = report
    self.files = files.mapValues { Array($0.utf8) }.merging(bytes) { $1 }
    self.code = code
    self.shows = shows
    self.says = says
    self.never = never
    self.fails = fails
  }

  var testDescription: String { "\(name) [\(report)]" }
}

/// What a program shows and says.
struct Answer {
  private(set) var values: [String] = []
  /// Code, message and remedy of all diagnostics.
  private(set) var messages = ""
  /// Names of the kinds of all diagnostics, the checker's first.
  private(set) var kinds: [String] = []
  private(set) var hasFailed = false

  init(_ code: String, files: [String: [UInt8]] = [:]) {
    let display = ValueDisplay(.standard)
    let parsed = parse(code)
    note(parsed.diagnostics)
    note(Analysis(of: parsed, knowing: Library.standard.vocabulary).diagnostics)
    let notebook = Notebook(
      .standard, context: CallContext(files: MemoryFileSystem(files), display: display),
      workingFolder: "")
    var results: [StatementResult] = []
    _ = notebook.evaluate(
      parsed, budget: .init(seconds: 600, secondsPerStatement: 600, bytes: 2 << 30),
      permissions: .init(readableFolders: nil, mayAct: true)
    ) { results.append($0) }
    for result in results {
      note(result.diagnostics)
      for case .shown(let value, _) in result.outputs {
        let isText = if case .text = value { true } else { false }
        values.append(isText ? value.sourceText : display.line(value))
      }
    }
  }

  private mutating func note(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      kinds.append(diagnostic.kind.name)
      messages += "\(diagnostic.kind.code) \(diagnostic.message); \(diagnostic.remedy ?? "")\n"
      if diagnostic.severity == .error { hasFailed = true }
    }
  }
}

@Suite struct ReportedCaseTests {
  @Test(arguments: ReportedCase.tables + ReportedCase.numbers)
  func answersAsItMust(reported: ReportedCase) {
    let answer = Answer(reported.code, files: reported.files)
    #expect(answer.values.suffix(reported.shows.count) == reported.shows[...], "\(answer.messages)")
    #expect(answer.hasFailed == reported.fails, "\(answer.messages)")
    for words in reported.says { #expect(answer.messages.contains(words), "\(answer.messages)") }
    for words in reported.never { #expect(!answer.messages.contains(words)) }
  }
}
