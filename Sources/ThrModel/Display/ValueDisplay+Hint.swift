import NumberText

extension ValueDisplay {
  /// How long a hint may be: editors cut longer ones off.
  public static let hintLength = 43

  /// The value in a few words, to stand beside the line of a text that made it: one line of at
  /// most `hintLength` characters.
  public func hint(_ value: Value) -> String {
    switch value {
    case .object(let object):
      shortened(type(object.typeName)?.hint(value) ?? object.typeName.rawValue)
    case .list(let list): hint(list)
    case .text(let text): shortened(String(text.prefix(Self.hintLength + 1)).quoted)
    case .record(let record):
      shortened(
        record.fields.prefix(8).map { "\($0.name) \(hint($0.value))" }.joined(separator: "  "))
    case .none, .undefined, .boolean, .number, .metric, .constraint, .function:
      shortened(line(value))
    }
  }

  /// A short list as it is; of a long one how many there are of what.
  private func hint(_ list: List) -> String {
    if list.count <= 12, list.isPacked || list.allSatisfy(\.isSimple) {
      let text = line(.list(list))
      if text.count <= Self.hintLength { return text }
    }
    let count = Double(list.count).countText
    let isOne = list.count == 1
    switch list.elementType {
    case .number: return "\(count) number\(isOne ? "" : "s")"
    case .text: return "\(count) text\(isOne ? "" : "s")"
    case .record: return "\(count) record\(isOne ? "" : "s")"
    case .object(let name):
      return shortened("\(count) \(name.rawValue)\(isOne || name.isPlural ? "" : "s")")
    default: return "\(count) element\(isOne ? "" : "s")"
    }
  }

  /// The first line, cut where it is too long.
  private func shortened(_ text: String) -> String {
    let line = text.prefix { !$0.isNewline }
    return line.count <= Self.hintLength
      ? String(line) : line.prefix(Self.hintLength - 1) + "…"
  }
}

extension Value {
  fileprivate var isSimple: Bool {
    switch self {
    case .none, .undefined, .boolean, .number, .text, .metric: true
    case .constraint, .list, .record, .function, .object: false
    }
  }
}
