extension JSON {
  /// The value as JSON for people, two spaces a level, without a line break at its end.
  ///
  /// Arrays and objects that hold no others stand on one line where they are in an array, or hold
  /// numbers only: a difference of two texts then shows whole entries.
  public var indentedText: String { text(indent: "", isEntry: false) }

  private func text(indent: String, isEntry: Bool) -> String {
    let inner = indent + "  "
    switch self {
    case .array(let elements) where !elements.allSatisfy(\.isScalar):
      let lines = elements.map { inner + $0.text(indent: inner, isEntry: true) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
    case .array(let elements):
      return "[" + elements.map(\.description).joined(separator: ", ") + "]"
    case .object(let object):
      let isShort = isEntry && object.members.allSatisfy(\.value.isScalar)
      let members = object.members.map { member in
        "\(JSON.string(member.key)): \(member.value.text(indent: inner, isEntry: false))"
      }
      if isShort || members.isEmpty { return "{" + members.joined(separator: ", ") + "}" }
      return "{\n" + members.map { inner + $0 }.joined(separator: ",\n") + "\n\(indent)}"
    default: return description
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
