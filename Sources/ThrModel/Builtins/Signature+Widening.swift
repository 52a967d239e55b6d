extension Signature {
  /// The same facts with other forms.
  func replacing(forms: [Form]) -> Signature {
    Signature(
      .init(
        name: self.name, topic: self.topic, forms: forms, effect: self.effect,
        summary: self.summary, documentation: self.documentation, example: self.example,
        argumentRemedies: self.argumentRemedies, foreignNames: self.foreignNames,
        judgesTogether: self.judgesTogether,
        usesNamedColumns: self.usesNamedColumns))
  }
}

extension Signature.Form {
  /// The form with some parameters taking another type too.
  func widening(_ places: [Int], by other: ValueType) -> Signature.Form {
    var parameters = parameters
    for place in places { parameters[place] = parameters[place].taking(other) }
    return Signature.Form(
      parameters: parameters, result: result, exception: exception, rows: rows, refusal: refusal)
  }
}

extension Signature.Parameter {
  fileprivate func taking(_ other: ValueType) -> Signature.Parameter {
    Signature.Parameter(
      .init(
        name: self.name, type: .either(self.type, other), defaultValue: self.defaultValue,
        range: self.range, excludesLowerBound: self.excludesLowerBound, words: self.words,
        unit: self.unit, use: self.use, kind: self.kind, summary: self.summary,
        isWhole: self.isWhole))
  }
}
