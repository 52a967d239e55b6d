import NumberText
import ThresholdEngine

extension Value {
  /// The value as a program would write it; objects and functions by their type's name.
  public var sourceText: String {
    switch self {
    case .none: "none"
    case .undefined: "undefined"
    case .boolean(let boolean): boolean ? "true" : "false"
    case .number(let number): number.shortestText
    case .text(let text): text.quoted
    case .list(let list): "[" + list.map(\.sourceText).joined(separator: ", ") + "]"
    case .record(let record):
      "{" + record.fields.map { "\($0.name): \($0.value.sourceText)" }.joined(separator: ", ") + "}"
    case .metric(let metric): metric.description
    case .constraint(let constraint): constraint.description
    case .function(let function): function.name
    case .object(let object): object.typeName.rawValue
    }
  }
}

extension String {
  /// The text as a literal of the language, with its escapes.
  public var quoted: String {
    var literal = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "{": literal += "\\{"
      case "}": literal += "\\}"
      case "\n": literal += "\\n"
      case "\t": literal += "\\t"
      case "\r": literal += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        literal += "\\u{\(String(scalar.value, radix: 16))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
