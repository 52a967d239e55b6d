import Algorithms
import ThrSyntax

/// The parts of a program around one place, the outermost first.
struct SyntaxPath {
  private(set) var nodes: [SyntaxNode] = []

  /// - Complexity: O(log n) statements, and the parts of each node on the way.
  init(to offset: Int, in program: Program) {
    guard let statement = program.statements.statement(touching: offset) else { return }
    var next: SyntaxNode? = .statement(statement)
    while let node = next {
      nodes.append(node)
      next = node.children.node(touching: offset)
    }
  }

  var innermost: SyntaxNode? { nodes.last }

  /// The innermost call whose parentheses hold the place, with the nodes around it.
  func lastIndex(where condition: (SyntaxNode) -> Bool) -> Int? {
    nodes.lastIndex(where: condition)
  }

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

extension [SyntaxNode] {
  /// The part that holds `offset`; else the one that begins or ends there, rather one with text
  /// than one without.
  fileprivate func node(touching offset: Int) -> SyntaxNode? {
    var touching: SyntaxNode?
    for node in self where node.span.touches(offset) {
      if offset < node.span.end { return node }
      if touching == nil || !node.span.isEmpty || touching?.span.isEmpty == true { touching = node }
    }
    return touching
  }
}

extension Program {
  /// Calls `body` with every part of the program, each before the parts inside it.
  func walk(_ body: (SyntaxNode) -> Void) {
    var open: [SyntaxNode] = statements.reversed().map(SyntaxNode.statement)
    var children: [SyntaxNode] = []
    while let node = open.popLast() {
      body(node)
      node.forEachChild { children.append($0) }
      while let child = children.popLast() { open.append(child) }
    }
  }
}
