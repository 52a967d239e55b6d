extension Signature {
  /// The forms that a call may mean, by their indices.
  ///
  /// They are those whose first parameter takes the argument given for it. The checker and the
  /// runtime both ask here.
  ///
  /// The likeliest stands first: where the types are those of values, the runtime calls it. None where the
  /// first argument fits no form; all of them where no argument is given for the first parameter.
  ///
  /// - Parameters:
  ///   - labels: one per argument in the order written, a piped value first.
  ///   - types: the arguments' types, in the same order.
  public func forms(labels: [String?], types: [ValueType]) -> [Int] {
    guard forms.count > 1 else { return Array(forms.indices) }
    var certain: [Int] = []
    var possible: [Int] = []
    var open: [Int] = []
    for (index, form) in forms.enumerated() {
      guard let first = form.parameters.first, let argument = form.firstArgument(labels) else {
        open.append(index)
        continue
      }
      switch first.argumentType.accepts(types[argument]) {
      case .always: certain.append(index)
      case .sometimes: possible.append(index)
      case .never: break
      }
    }
    if let best = certain.first, !possible.contains(where: { $0 < best }) { return [best] }
    let fitting = certain + possible
    return fitting.isEmpty ? open : fitting
  }
}

extension Signature.Form {
  /// The argument that fills the first parameter: the one with its name, else the first positional.
  fileprivate func firstArgument(_ labels: [String?]) -> Int? {
    guard let name = parameters.first?.name else { return nil }
    if let first = labels.first, first == nil { return 0 }
    return labels.firstIndex(of: name)
  }
}
