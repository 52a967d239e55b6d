import ThrSyntax

extension Expression {
  /// Every name that the expression reads, whatever it stands for, functions included.
  var namesRead: Set<String> {
    var names: Set<String> = []
    collectNames(&names)
    return names
  }

  fileprivate func collectNames(_ names: inout Set<String>) {
    if case .name(let name) = self { names.insert(name.text) }
    for part in parts { part.collectNames(&names) }
    for block in blocks { block.statements.forEach { $0.collectNames(&names) } }
  }

  fileprivate func collectUses(_ uses: inout [Statement.Use]) {
    for part in parts { part.collectUses(&uses) }
    for block in blocks { block.statements.forEach { $0.collectUses(&uses) } }
  }
}

extension Statement {
  /// Every name that stands in the statement as a value, in the bodies of functions too.
  var namesRead: Set<String> {
    var names: Set<String> = []
    collectNames(&names)
    return names
  }

  /// The `use` statements in it, at any depth.
  var uses: [Use] {
    var uses: [Use] = []
    collectUses(&uses)
    return uses
  }

  /// Whether it is a loop or an `if`, whose statements may show several values.
  var hasBlocks: Bool {
    switch self {
    case .loop, .expression(.conditional): true
    default: false
    }
  }

  fileprivate func collectNames(_ names: inout Set<String>) {
    for part in parts { part.collectNames(&names) }
    for block in blocks { block.statements.forEach { $0.collectNames(&names) } }
  }

  fileprivate func collectUses(_ uses: inout [Use]) {
    if case .use(let use) = self { uses.append(use) }
    for part in parts { part.collectUses(&uses) }
    for block in blocks { block.statements.forEach { $0.collectUses(&uses) } }
  }

  /// The expressions directly inside.
  private var parts: [Expression] {
    switch self {
    case .assignment(let assignment): return [assignment.value]
    case .expression(let expression): return [expression]
    case .loop(let loop): return [loop.sequence]
    case .function(let function):
      let defaults = function.parameters.compactMap(\.defaultValue)
      if case .expression(let body) = function.body { return defaults + [body] }
      return defaults
    case .use, .invalid: return []
    }
  }

  /// The blocks directly inside.
  private var blocks: [Block] {
    switch self {
    case .loop(let loop): return [loop.body]
    case .function(let function):
      if case .block(let body) = function.body { return [body] }
      return []
    case .assignment, .expression, .use, .invalid: return []
    }
  }
}
