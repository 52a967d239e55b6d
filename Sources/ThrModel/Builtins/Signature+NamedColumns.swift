extension Signature {
  /// The columns that a call names, where it takes no others of its table: those of its arguments
  /// that are texts as they stand, and the defaults of those left out.
  ///
  /// - Parameters:
  ///   - labels: one per argument in the order written, a piped value first.
  ///   - constant: the value of the argument at a position, where it is written as such.
  /// - Returns: `nil` where an argument for a column is not a text as it stands, and for calls of a
  ///   function that may use other columns at once.
  public func namedColumns(
    labels: [String?], constant: (_ argument: Int) -> Value?
  ) -> Set<String>? {
    guard self.usesNamedColumns,
      let form = forms.first(where: { $0.parameters.contains { $0.kind == .column } })
    else { return nil }
    let match = ArgumentMatch(labels: labels, to: form.shapes)
    guard match.faults.isEmpty else { return nil }
    var names: Set<String> = []
    for (parameter, slot) in zip(form.parameters, match.slots) where parameter.kind == .column {
      switch slot.first.map(constant) ?? parameter.defaultValue {
      case .text(let name)?: names.insert(name)
      case Value.none?: continue
      default: return nil
      }
    }
    return names
  }
}
