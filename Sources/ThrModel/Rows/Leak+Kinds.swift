public import ThrSyntax

extension Vocabulary {
  /// The kinds that a program can have, in their order: leaks that no call of these functions can
  /// have are left out.
  ///
  /// So a warning about calibrators is listed and explained as soon as some function makes one.
  public func possible(among kinds: [Diagnostic.Kind]) -> [Diagnostic.Kind] {
    let uses = signatures.flatMap(\.forms).flatMap(\.parameters).compactMap(\.use)
    let impossible = Leak.kinds(for: Set(RowsUse.allCases)).subtracting(Leak.kinds(for: Set(uses)))
    return kinds.filter { !impossible.contains($0) }
  }
}

extension Leak {
  /// The kinds of leak that calls with these uses of rows can have.
  fileprivate static func kinds(for uses: Set<RowsUse>) -> Set<Diagnostic.Kind> {
    var kinds: Set<Diagnostic.Kind> = uses.contains(.reports) ? [.secondDecisionOnTest] : []
    for now in uses {
      for role in [nil, Role.test] {
        for past in uses.map({ Set([$0]) }) + [[]] {
          if let leak = found(using: now, role: role, past: past, parameter: "") {
            kinds.insert(leak.kind)
          }
        }
      }
    }
    return kinds
  }
}
