public import ThrSyntax

extension Session {
  /// The text of diagnostics of one of the session's files, for people; each line ends with a line
  /// break.
  ///
  /// - Parameter width: the columns of the terminal that it is shown on, if it is.
  public func message(
    _ diagnostics: [Diagnostic], in file: String, colour: Bool, width: Int? = nil
  ) -> String {
    let source = source(of: file) ?? Source("")
    return DiagnosticRenderer(
      source: source, file: file, colour: colour, width: width, typed: typedInputs
    ).render(diagnostics)
  }

  /// The text of a failure, for people: what is wrong, and the calls that led there.
  public func message(_ failure: Failure, colour: Bool, width: Int? = nil) -> String {
    var text = message(failure.diagnostics, in: failure.file, colour: colour, width: width)
    let calls = failure.calls
    for frame in calls.innermost { text += line(frame) }
    if calls.omitted > 0 { text += "  … \(calls.omitted) more calls\n" }
    for frame in calls.outermost { text += line(frame) }
    return text
  }

  private func line(_ frame: CallStack.Frame) -> String {
    let place = source(of: frame.file).map { source in
      let line = source.lines.position(at: frame.span.start).line
      return typedInputs.line(line, in: frame.file) ?? "\(frame.file):\(line)"
    }
    let what =
      switch frame.kind {
      case .function(let name): "in `\(name)`, called"
      case .use(let path): "in \"\(path)\", used"
      }
    return "  \(what) at \(place ?? frame.file)\n"
  }
}
