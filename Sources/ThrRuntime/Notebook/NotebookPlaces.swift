import ThrSyntax

/// Where the units stand in the text of the evaluation under way.
struct NotebookPlaces {
  private var starts: [String: Int] = [:]
  private var file = ""
  private var reported: Set<StatementResult.Warning> = []

  init() {}

  init(_ units: [NotebookUnit?], _ statements: [Statement], file: String) {
    self.file = file
    for (unit, statement) in zip(units, statements) {
      if let unit { starts[unit.file.name] = statement.span.start }
    }
  }

  /// Whether a file is a used file, or a unit of this text.
  func know(_ file: String) -> Bool { !file.hasPrefix("\u{1}") || starts[file] != nil }

  func know(_ failure: Failure) -> Bool {
    know(failure.file)
      && failure.diagnostics.allSatisfy { $0.notes.allSatisfy { know($0.file ?? "") } }
      && failure.calls.all.allSatisfy { know($0.file) }
  }

  /// What came of a statement, at the places of this text; warnings are reported once.
  mutating func result(of turn: NotebookTurn, at span: Span) -> StatementResult {
    StatementResult(
      span: span, state: state(turn.ending),
      outputs: turn.reported.outputs.map { output in
        guard case .shown(let value, let place) = output else { return output }
        return .shown(value, at: place.moved(by: span.start))
      },
      omittedOutputs: turn.reported.omitted, bound: turn.bound,
      warnings: turn.reported.warnings.compactMap { warning in
        let isHere = starts[warning.file] != nil
        let moved = StatementResult.Warning(
          diagnostic: self.moved(warning.diagnostic, in: warning.file),
          file: isHere ? nil : warning.file)
        return reported.insert(moved).inserted ? moved : nil
      },
      wasRemembered: turn.wasRemembered, run: turn.run)
  }

  private func state(_ ending: NotebookMemory.Ending) -> StatementResult.State {
    switch ending {
    case .done: .done
    case .failed(let failure): .failed(moved(failure))
    case .refused(let refusal): .skipped(refusal)
    }
  }

  private func moved(_ failure: Failure) -> Failure {
    Failure(
      diagnostics: failure.diagnostics.map { moved($0, in: failure.file) },
      file: place(failure.file).file,
      calls: failure.calls.mapped { frame in
        let (file, start) = place(frame.file)
        return .init(kind: frame.kind, span: frame.span.moved(by: start), file: file)
      })
  }

  private func moved(_ diagnostic: Diagnostic, in unit: String) -> Diagnostic {
    let (home, start) = place(unit)
    var copy = diagnostic
    copy.span = diagnostic.span.moved(by: start)
    copy.fixes = diagnostic.fixes.map {
      .init($0.title, replacing: $0.span.moved(by: start), with: $0.replacement)
    }
    copy.notes = diagnostic.notes.map { note in
      let (file, start) = place(note.file ?? unit)
      return .init(
        note.message, at: note.span.moved(by: start), in: file == home ? nil : file)
    }
    return copy
  }

  /// The file that a unit, or a used file, stands in, and where it begins there.
  private func place(_ name: String) -> (file: String, start: Int) {
    starts[name].map { (file, $0) } ?? (name, 0)
  }
}

extension Span {
  fileprivate func moved(by distance: Int) -> Span { Span(start + distance, end + distance) }
}
