import ThrSyntax

/// A tree without its places: equal for texts that differ in spacing and spelling only.
func shape(of program: Program) -> String {
  var text = ""
  describe(program, into: &text)
  return text
}

private func describe(_ value: Any, into text: inout String) {
  switch value {
  case is Span: return
  case let number as Double: text += "\(number.bitPattern)"
  case let string as String: text += string.debugDescription
  default:
    let mirror = Mirror(reflecting: value)
    guard !mirror.children.isEmpty else { return text += "\(value)" }
    text += "("
    for child in mirror.children {
      text += child.label.map { $0.hasPrefix(".") ? "" : $0 + ":" } ?? ""
      describe(child.value, into: &text)
      text += " "
    }
    text += ")"
  }
}
