import JSONText
import TableIO
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax

/// Checks a script, runs it if it is sound, and tells what it shows and what goes wrong.
struct ScriptRunner {
  private let library = Library.standard
  private let files: any FileSystem = LocalFileSystem()
  let isStrict: Bool
  let writesJSON: Bool
  let arguments: [String]

  init(isStrict: Bool, writesJSON: Bool, arguments: [String]) {
    self.isStrict = isStrict
    self.writesJSON = writesJSON
    self.arguments = arguments
  }

  func run(_ script: Script) throws(ExitStatus) {
    let checker = ScriptChecker(
      vocabulary: library.vocabulary, files: files, isStrict: isStrict)
    let checked = checker.check(script)
    if !checked.report.isEmpty { Output.message(checked.report) }
    if checked.hasErrors { throw .invalidScript }
    try evaluate(checked)
  }

  private func evaluate(_ checked: CheckedScript) throws(ExitStatus) {
    InterruptSignal.listen()
    let display = ValueDisplay(library)
    let context = CallContext(
      files: files, scriptFolder: checked.script.folder, display: display)
    let reports = Reports(library: library, display: display, writesJSON: writesJSON)
    let session = Session(
      library, context: context, arguments: arguments,
      options: Session.Options(isStrict: isStrict), interruption: InterruptSignal.interruption
    ) { reports.tell($0) }
    reports.follow(session)
    let outcome = session.run(
      checked.script.parse, file: checked.script.name, alreadyTold: checked.analysis.told)
    reports.clearBar()
    switch outcome {
    case .finished: return
    case .cancelled:
      Output.flush()
      InterruptSignal.tell()
      throw .interrupted
    case .failed(let failure):
      reports.tell(failure)
      throw .failure
    }
  }
}
