import Algorithms
import ThrSyntax

/// The parts of a program around one place, the outermost first.
struct SyntaxPath {
  private(set) var nodes: [Node] = []

  /// - Complexity: O(log n) statements, and the parts of each node on the way.
  init(to offset: Int, in program: Program) {
    guard let statement = program.statements.statement(touching: offset) else { return }
    var next: Node? = .statement(statement)
    while let node = next {
      nodes.append(node)
      next = node.children.node(touching: offset)
    }
  }

  var innermost: Node? { nodes.last }

  /// The innermost call whose parentheses hold the place, with the nodes around it.
  func lastIndex(where condition: (Node) -> Bool) -> Int? { nodes.lastIndex(where: condition) }

  /// The function declarations around the place, the innermost last.
  var functions: [Statement.FunctionDeclaration] {
    nodes.compactMap {
      if case .statement(.function(let function)) = $0 { function } else { nil }
    }
  }
}

extension [Statement] {
  /// The statement that holds `offset`, or ends or begins there.
  func statement(touching offset: Int) -> Statement? {
    let next = partitioningIndex { $0.span.start > offset }
    guard next > 0, self[next - 1].span.touches(offset) else { return nil }
    return self[next - 1]
  }
}

extension [Node] {
  /// The part that holds `offset`; else the one that begins or ends there, rather one with text
  /// than one without.
  fileprivate func node(touching offset: Int) -> Node? {
    var touching: Node?
    for node in self where node.span.touches(offset) {
      if offset < node.span.end { return node }
      if touching == nil || !node.span.isEmpty || touching?.span.isEmpty == true { touching = node }
    }
    return touching
  }
}

extension Program {
  /// Calls `body` with every part of the program, each before the parts inside it.
  func walk(_ body: (Node) -> Void) {
    var open: [Node] = statements.reversed().map(Node.statement)
    var children: [Node] = []
    while let node = open.popLast() {
      body(node)
      node.forEachChild { children.append($0) }
      while let child = children.popLast() { open.append(child) }
    }
  }
}
