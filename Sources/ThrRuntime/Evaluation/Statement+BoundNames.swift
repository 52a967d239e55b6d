import ThrSyntax

extension Statement {
  /// The names of the scope around it that the statement may bind.
  ///
  /// Of a `use` statement they are not known from the text.
  var namesBound: Set<String> {
    var names: Set<String> = []
    collectBound(&names)
    return names
  }

  fileprivate func collectBound(_ names: inout Set<String>) {
    switch self {
    case .assignment(let assignment):
      names.insert(assignment.name.text)
      assignment.value.collectBound(&names)
    case .function(let function): names.insert(function.name.text)
    case .loop(let loop):
      names.insert(loop.variable.text)
      loop.sequence.collectBound(&names)
      loop.body.statements.forEach { $0.collectBound(&names) }
    case .expression(let expression): expression.collectBound(&names)
    case .use, .invalid: break
    }
  }
}

extension Expression {
  fileprivate func collectBound(_ names: inout Set<String>) {
    // A comprehension binds names of its own, but for its first list, which is computed outside.
    if case .comprehension(let comprehension) = self {
      return comprehension.first.sequence.collectBound(&names)
    }
    for part in parts { part.collectBound(&names) }
    for block in blocks { block.statements.forEach { $0.collectBound(&names) } }
  }
}
