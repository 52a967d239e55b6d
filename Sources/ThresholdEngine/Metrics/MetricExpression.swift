extension Metric {
  /// What a metric is made of.
  ///
  /// Expressions that share parts (`m + m`) hold them once, so that all work on an expression is
  /// linear in its distinct parts, not in the length of its text.
  final class Expression: Sendable {
    /// Changes only when the expression is let go.
    nonisolated(unsafe) private(set) var form: Form
    let facts: ExpressionFacts

    indirect enum Form: Hashable, Sendable {
      case constant(Double)
      case named(NamedMetric)
      /// A named metric on some of the rows, or with rows counted by a column.
      case tallied(NamedMetric, Tally)
      /// One number of a metric's values in all groups of a column.
      case grouped(GroupedMetric)
      /// A quantile of a metric over samples of the rows.
      case sampled(SampledMetric)
      /// A total cost, by the name it was given.
      case priced(String, Expression)
      /// The largest loss against the best value of each; without a value until these are known.
      case regret([Expression])
      case unary(Function, Expression)
      case binary(Operator, Expression, Expression)
    }

    init(_ form: Form) {
      self.form = form
      facts = ExpressionFacts(form)
    }

    deinit { if facts.depth > Self.deepestByItself { letGoOfParts() } }

    func giveUpParts() -> [Expression] {
      defer { form = .constant(0) }
      return form.parts
    }
  }
}

extension Metric.Expression: SharedNode {
  /// Operands; none of a leaf.
  var parts: [Metric.Expression] { form.parts }

  var hash: Int { facts.hash }

  func isLike(_ other: Metric.Expression) -> Bool {
    switch (form, other.form) {
    case (.constant(let one), .constant(let other)): one == other
    case (.named(let one), .named(let other)): one == other
    case (.tallied(let one, let tally), .tallied(let other, let second)):
      one == other && tally == second
    case (.grouped(let one), .grouped(let other)):
      one.column == other.column && one.summary == other.summary
    case (.sampled(let one), .sampled(let other)): one.share == other.share
    case (.priced(let one, _), .priced(let other, _)): one == other
    case (.regret, .regret): true
    case (.unary(let one, _), .unary(let other, _)): one == other
    case (.binary(let one, _, _), .binary(let other, _, _)): one == other
    default: false
    }
  }
}

/// A node of a tree whose equal subtrees may be one and the same object.
protocol SharedNode: AnyObject, Hashable {
  var parts: [Self] { get }
  /// The same for equal nodes.
  var hash: Int { get }
  /// Whether it equals another but for its parts.
  func isLike(_ other: Self) -> Bool
  /// Its parts, which it then no longer has: only for a node that is let go.
  func giveUpParts() -> [Self]
}

extension SharedNode {
  /// Deeper nodes would take more stack to let go, part inside part, than a thread may have.
  static var deepestByItself: Int { 100 }

  /// Lets go of the parts one after the other, with those of their own that nothing else holds.
  func letGoOfParts() {
    var nodes = giveUpParts()
    while var node = nodes.popLast() {
      if isKnownUniquelyReferenced(&node) { nodes += node.giveUpParts() }
    }
  }

  /// - Complexity: O(1) for one and the same node and almost all that differ, otherwise linear in
  ///   the pairs of distinct parts.
  static func == (one: Self, other: Self) -> Bool {
    var known: Set<NodePair> = []
    return one.equals(other, known: &known)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(hash) }

  private func equals(_ other: Self, known: inout Set<NodePair>) -> Bool {
    if self === other { return true }
    guard hash == other.hash, isLike(other) else { return false }
    let (parts, others) = (parts, other.parts)
    guard parts.count == others.count else { return false }
    if parts.isEmpty { return true }
    // A pair met before has been found equal, or the comparison would have ended.
    let pair = NodePair(one: ObjectIdentifier(self), other: ObjectIdentifier(other))
    guard known.insert(pair).inserted else { return true }
    for (part, other) in zip(parts, others) where !part.equals(other, known: &known) {
      return false
    }
    return true
  }

  /// Calls `body` once for every distinct node, parts after what is made of them.
  func forEachNode(_ body: (Self) -> Void) {
    var known: Set<ObjectIdentifier> = []
    visit(known: &known, body)
  }

  private func visit(known: inout Set<ObjectIdentifier>, _ body: (Self) -> Void) {
    guard known.insert(ObjectIdentifier(self)).inserted else { return }
    body(self)
    for part in parts { part.visit(known: &known, body) }
  }
}

private struct NodePair: Hashable {
  let one: ObjectIdentifier
  let other: ObjectIdentifier
}
