import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrRuntime
public import ThrSyntax

extension Diagnostic.Kind {
  /// Every kind of problem that some program can have.
  public static let all = Library.standard.vocabulary.possible(
    among: syntax + checker + runtime + library)
}
