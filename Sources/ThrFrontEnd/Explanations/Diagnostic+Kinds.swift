import ThrAnalysis
import ThrLibrary
import ThrRuntime
public import ThrSyntax

extension Diagnostic.Kind {
  /// Every kind of problem that any part of thr finds.
  public static let all = syntax + checker + runtime + library
}
