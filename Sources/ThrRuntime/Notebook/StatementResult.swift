public import ThrModel
public import ThrSyntax

/// One top-level statement of a notebook after its turn.
public struct StatementResult: Sendable {
  public enum State: Hashable, Sendable {
    case done
    case failed(Failure)
    case skipped(Refusal)
  }

  /// Something that the statement reported while it ran.
  public enum Output: Hashable, Sendable {
    /// The value of a bare expression, to be shown in full.
    case shown(Value, at: Span)
    /// A line that it printed.
    case printed(String)
  }

  /// A name with the value that the statement left it with.
  public struct Bound: Hashable, Sendable {
    public let name: String
    public let value: Value
  }

  /// A warning and the text that it points into: a used file, or the notebook's own where `nil`.
  public struct Warning: Hashable, Sendable {
    public let diagnostic: Diagnostic
    public let file: String?
  }

  /// Where the statement stands in the text.
  public let span: Span
  public let state: State
  /// In order; of a flood only the beginning, and the last value shown.
  public let outputs: [Output]
  /// How many outputs are left out.
  public let omittedOutputs: Int
  /// The names that it bound, in the order of the alphabet.
  public let bound: [Bound]
  public let warnings: [Warning]
  /// Whether it did not run, because its text and all that it read are as they were.
  public let wasRemembered: Bool
  /// The run that all this comes from; `nil` where nothing ran.
  ///
  /// The same number in one notebook means the same outcome, but for its places.
  public let run: Int?
}

extension StatementResult {
  /// Errors and warnings, at places of this text.
  ///
  /// What lies in a used file is reported at the statement that led there.
  public var diagnostics: [Diagnostic] {
    var all = warnings.map { warning in
      warning.file.map { warning.diagnostic.reported(at: span, lyingIn: $0) } ?? warning.diagnostic
    }
    if case .failed(let failure) = state { all += failure.diagnostics(at: span) }
    return all
  }
}

extension Failure {
  /// - Parameter span: the statement that led there.
  fileprivate func diagnostics(at span: Span) -> [Diagnostic] {
    guard let place = calls.outermostPlace, place.file != file else { return diagnostics }
    return diagnostics.map { $0.reported(at: place.span, lyingIn: file) }
  }
}

extension CallStack {
  /// Where the first call of all stands.
  fileprivate var outermostPlace: Frame? { outermost.last ?? innermost.last }
}

extension Diagnostic {
  /// The same at the place that led there, with a note where it lies.
  fileprivate func reported(at place: Span, lyingIn file: String) -> Diagnostic {
    var copy = self
    copy.span = place
    copy.fixes = []
    copy.notes =
      [Note("the error occurs here", at: span, in: file)]
      + notes.map { note in
        var note = note
        note.file = note.file ?? file
        return note
      }
    return copy
  }
}
