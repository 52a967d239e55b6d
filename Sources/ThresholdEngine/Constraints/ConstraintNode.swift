extension Constraint {
  /// What a constraint is made of; as of a metric's expression, shared parts are held once.
  final class Node: Sendable {
    /// Changes only when the node is let go.
    nonisolated(unsafe) private(set) var form: Form
    let hash: Int
    /// How many names, numbers and operators its text has; at most `Int.max`.
    let size: Int
    /// How many operators stand inside one another.
    let depth: Int

    indirect enum Form: Hashable, Sendable {
      case comparison(Metric.Expression, Comparison, Metric.Expression)
      case and(Node, Node)
      case or(Node, Node)
      case not(Node)
    }

    init(_ form: Form) {
      self.form = form
      var hasher = Hasher()
      form.hash(into: &hasher)
      hash = hasher.finalize()
      let measures = form.measures
      size = measures.reduce(1) { $0.addingSaturated($1.size) }
      depth = 1 + (measures.map(\.depth).max() ?? 0)
    }

    deinit { if depth > Self.deepestByItself { letGoOfParts() } }

    func giveUpParts() -> [Node] {
      defer { form = .comparison(Node.none, .less, Node.none) }
      return parts
    }

    private static let none = Metric.Expression(.constant(0))
  }
}

extension Constraint.Node.Form {
  /// How large each part is.
  fileprivate var measures: [(size: Int, depth: Int)] {
    switch self {
    case .comparison(let left, _, let right):
      [left, right].map { ($0.facts.size, $0.facts.depth) }
    case .and(let one, let other), .or(let one, let other):
      [one, other].map { ($0.size, $0.depth) }
    case .not(let inner): [(inner.size, inner.depth)]
    }
  }
}

extension Constraint.Node: SharedNode {
  var parts: [Constraint.Node] {
    switch form {
    case .comparison: []
    case .and(let one, let other), .or(let one, let other): [one, other]
    case .not(let inner): [inner]
    }
  }

  func isLike(_ other: Constraint.Node) -> Bool {
    switch (form, other.form) {
    case (.comparison(let left, let one, let right), .comparison(let first, let other, let second)):
      one == other && left == first && right == second
    case (.and, .and), (.or, .or), (.not, .not): true
    default: false
    }
  }

  /// Every distinct comparison, left to right.
  var comparisons:
    [(left: Metric.Expression, comparison: Constraint.Comparison, right: Metric.Expression)]
  {
    var found: [(Metric.Expression, Constraint.Comparison, Metric.Expression)] = []
    forEachNode { node in
      if case .comparison(let left, let comparison, let right) = node.form {
        found.append((left, comparison, right))
      }
    }
    return found
  }

  /// The distinct comparisons where `and` joins all of them; `nil` with an `or` or a `not`.
  var joined:
    [(left: Metric.Expression, comparison: Constraint.Comparison, right: Metric.Expression)]?
  {
    var isJoined = true
    forEachNode { node in
      switch node.form {
      case .comparison, .and: break
      case .or, .not: isJoined = false
      }
    }
    return isJoined ? comparisons : nil
  }
}
