import ThrModel
import ThrSyntax

extension CompletionProbe {
  /// The names of the call's arguments that are not given yet, the required ones first.
  ///
  /// - Parameter isWritten: whether the `=` stands there already.
  func argumentNames(isWritten: Bool) -> [Candidate] {
    guard isWritten || isWholeArgument, let call = changed.call(around: place.start),
      let callee = call.callee
    else { return [] }
    let forms = changed.forms(of: callee)
    return call.possibleForms(in: document.vocabulary).flatMap { index -> [Candidate] in
      let form = forms[index]
      return call.openParameters(in: form).compactMap { parameter in
        guard !form.parameters[parameter].shape.isVariadic else { return nil }
        return candidate(for: form.parameters[parameter], at: parameter, of: form, isWritten)
      }
    }
  }

  /// Whether the name is an argument by itself.
  private var isWholeArgument: Bool {
    guard case .argument(let argument, _)? = nodes.dropLast().last else { return false }
    return argument.label == nil && argument.span == place
  }

  private func candidate(
    for parameter: CallForm.Parameter, at index: Int, of form: CallForm, _ isWritten: Bool
  ) -> Candidate {
    var candidate = Candidate(
      isWritten ? parameter.name : parameter.name + "=", .namedArgument,
      parameter.shape.isRequired ? .required : .optional)
    candidate.order = index
    // The name stands there already.
    candidate.detail = String(
      parameter.text.dropFirst(parameter.name.count).drop { $0 == ":" || $0 == " " })
    candidate.summary = parameter.declared?.summary ?? ""
    candidate.subject =
      parameter.declared == nil
      ? .variable(parameter.text) : .parameter(of: form.function, parameter.name)
    if !isWritten {
      candidate.snippet = Snippet([
        .text(parameter.name + "="), .placeholder(placeholder(for: parameter)),
      ])
    }
    return candidate
  }

  /// What stands in a new argument until it is written over: the default, unless that is nothing.
  private func placeholder(for parameter: CallForm.Parameter) -> String {
    if let word = parameter.declared?.words.first, parameter.defaultText == "none" {
      return word.quoted
    }
    guard let text = parameter.defaultText, text != "none" else { return parameter.name }
    return text
  }

  // MARK: - Options

  /// What the parameter takes that is known by itself: words, truth values, columns.
  func options(_ wanted: Expectation) -> [Candidate] {
    if wanted.isPartOfFormula { return [] }
    return wanted.parameters.flatMap { parameter -> [Candidate] in
      if parameter.kind == .column { return columnNames(quoted: true) }
      if parameter.argumentType.alternatives.contains(.boolean), parameter.kind == .ordinary {
        return ["true", "false"].map { keyword($0, .wanted) }
      }
      return parameter.words.enumerated().map { index, word in
        var candidate = Candidate(word.quoted, .option, .wanted)
        candidate.order = index
        candidate.summary = parameter.summary
        return candidate
      }
    }
  }

  /// The columns of the table that the call works on.
  func columnNames(quoted: Bool) -> [Candidate] {
    guard let call = changed.call(around: place.start) else { return [] }
    let finder = ColumnFinder(document: changed, surroundings: surroundings)
    return (finder.columns(of: call) ?? []).enumerated().compactMap { index, name in
      var candidate = Candidate(quoted ? name.quoted : name, .column, .wanted)
      if !quoted, !name.isName {
        guard let reader = document.vocabulary.cellReader else { return nil }
        candidate.insertion = "\(reader)(\(name.quoted))"
      }
      candidate.order = index
      candidate.detail = "column"
      return candidate
    }
  }
}

extension Vocabulary {
  /// The builtin that reads a column of the row by a name that is none of the language's.
  fileprivate var cellReader: String? {
    signatures.first { signature in
      signature.forms.contains { $0.parameters.map(\.kind) == [.column] }
    }?.name
  }
}

extension String {
  /// Whether it can be written as a name.
  var isName: Bool { RenameError(of: self) == nil }
}
