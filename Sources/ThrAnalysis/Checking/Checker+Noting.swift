import ThrModel
import ThrSyntax

// What the checker notes of places in the text, for the questions asked later.
extension Checker {
  func noteReference(_ name: Name) {
    guard context.isNoting else { return }
    var later: ScopeID?
    var frame: Int? = names.current
    while let index = frame {
      if let binding = names.frames[index].bindings[name.text] {
        return notes.note(
          .variable(names.frames[index].scope, name.text), at: name.span, origin: binding.origin)
      }
      if later == nil, names.frames[index].assigned[name.text] != nil {
        later = names.frames[index].scope
      }
      frame = names.frames[index].parent
    }
    if vocabulary.signature(name.text) != nil {
      notes.note(Notes.Symbol.builtin(name.text), at: name.span)
    } else if vocabulary.constant(name.text) != nil {
      notes.note(.constant(name.text), at: name.span)
    } else if let later {
      notes.note(.variable(later, name.text), at: name.span)
    }
  }

  func noteDeclaration(_ name: Name, _ value: StaticValue) {
    guard context.isNoting else { return }
    let scope = names.frames[names.current].scope
    notes.note(
      .variable(scope, name.text), at: name.span, isDeclaration: true,
      origin: Origin(file: nil, span: name.span))
    notes.note(value.type, at: name.span)
  }

  /// Notes what is called where, and what the arguments' names stand for.
  func noteCall(_ callee: Callee, at span: Span, _ arguments: [CheckedArgument]) {
    guard context.isNoting else { return }
    notes.note(callee, at: span)
    for case let label? in arguments.map(\.label) where !label.text.isEmpty {
      noteLabel(label, of: callee)
    }
  }

  private func noteLabel(_ label: Name, of callee: Callee) {
    switch callee {
    case .builtin(let name):
      let parameters = vocabulary.signature(name)?.forms.lazy.flatMap(\.parameters)
      guard parameters?.contains(where: { $0.name == label.text }) == true else { return }
      notes.note(.parameter(of: name, label.text), at: label.span)
    case .function(let id):
      guard let declaration = functions[id]?.declaration,
        let parameter = declaration.parameters.first(where: { $0.name.text == label.text })
      else { return }
      if id.unit == 0 {
        let start = declaration.span.start
        present.note(labelled: CheckRecord.Labelled(function: id, start: start))
        notes.note(
          .variable(ScopeID(offset: start), label.text), at: label.span,
          origin: Origin(file: nil, span: parameter.name.span))
      } else {
        notes.note(
          .parameter(of: declaration.name.text, label.text), at: label.span,
          origin: functions[id]?.file.map { Origin(file: $0, span: parameter.name.span) })
      }
    }
  }

  /// Notes the names that can be written here.
  func noteScene() {
    guard context.isNoting || watch.scene == nil else { return }
    var scopes: [NameFrame] = []
    var frame: Int? = names.current
    while let index = frame {
      scopes.append(names.frames[index])
      frame = names.frames[index].parent
    }
    watch.scene = Scene(scopes)
  }
}
