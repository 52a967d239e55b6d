import ThrModel
import ThrSyntax

/// The name of the value that was shown last, at a prompt.
let lastShownName = "_"

extension Evaluator {
  /// Runs an input statement by statement, and records what each one needed.
  ///
  /// A statement is done or not done: where it fails or is cancelled, even half-way through a loop
  /// that binds names again, it leaves every name as it was. The statements before it stay.
  func run(
    _ program: Program, of source: Source, _ record: StatementRecord
  ) throws(Stop) {
    let entries = record.admit(program, source, folder: file.folder)
    for entry in entries.reversed() {
      guard case .function(let function) = entry.syntax else { continue }
      scope.journal?.begin(entry.number)
      declare(function)
      record.add(entry, declaring: function.name.text)
    }
    for entry in entries {
      scope.journal?.begin(entry.number)
      ledger.mark()
      do {
        try execute(entry.syntax, .top)
        record.add(entry, scope.journal)
      } catch {
        scope.rollBack()
        ledger.rollBack()
        record.drop()
        throw error
      }
    }
  }

  /// Makes the value shown last in an input `_` for the inputs after it.
  func bindLastShown(_ record: StatementRecord) {
    guard let shown = record.lastShown else { return }
    scope.journal?.begin(shown.statement)
    scope.bind(lastShownName, .value(shown.value), at: shown.span, in: file.name)
  }
}
