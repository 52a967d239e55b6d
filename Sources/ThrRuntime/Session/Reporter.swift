import Synchronization
import ThrModel
import ThrSyntax

/// Reports warnings, each once: a loop finds the same one in every turn, and the checker may have
/// reported it before the run.
final class Reporter: Sendable {
  private struct Reported: Hashable {
    let diagnostic: Diagnostic
    let file: String
  }

  private struct State {
    var reported: Set<Reported> = []
    /// What the checker has reported, by file.
    var findings: [String: Set<Finding>] = [:]
  }

  private let state = Mutex(State())
  private let sink: @Sendable (Event) -> Void

  init(_ sink: @escaping @Sendable (Event) -> Void) { self.sink = sink }

  func send(_ event: Event) { sink(event) }

  /// Forgets what was reported.
  func clear() { state.withLock { $0 = State() } }

  func skip(_ findings: Set<Finding>, in file: String) {
    state.withLock { $0.findings[file] = findings.isEmpty ? nil : findings }
  }

  /// Reports a warning, unless it was reported before.
  ///
  /// - Parameter call: the whole call that it is about; the checker may blame another part of it.
  func report(_ diagnostic: Diagnostic, of call: Span, file: String) {
    let isNew = state.withLock { state in
      if isKnown(diagnostic, call, state.findings[file] ?? []) { return false }
      return state.reported.insert(Reported(diagnostic: diagnostic, file: file)).inserted
    }
    if isNew { sink(.warning(diagnostic, file: file)) }
  }

  private func isKnown(_ diagnostic: Diagnostic, _ call: Span, _ findings: Set<Finding>) -> Bool {
    findings.contains { finding in
      finding.kind == diagnostic.kind && call.start <= finding.span.start
        && finding.span.end <= call.end
    }
  }
}
