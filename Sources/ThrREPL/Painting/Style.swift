/// How text looks: its colour and what stands out.
struct Style: Hashable, Sendable {
  /// Terminal colours by what they say; of the sixteen that every theme keeps readable.
  enum Ink: UInt8, Hashable, Sendable {
    case plain, keyword, function, number, text, metric, variable, prompt, failure, warning, note
  }

  struct Marks: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let strong = Marks(rawValue: 1)
    static let faint = Marks(rawValue: 2)
    static let underlined = Marks(rawValue: 4)
    static let reversed = Marks(rawValue: 8)
  }

  var ink: Ink
  var marks: Marks

  init(_ ink: Ink = .plain, _ marks: Marks = []) {
    self.ink = ink
    self.marks = marks
  }

  static let plain = Style()
  static let faint = Style(.plain, .faint)
  static let strong = Style(.plain, .strong)

  /// The same with more marks.
  func adding(_ more: Marks) -> Style { Style(ink, marks.union(more)) }

  /// The sequence that turns the terminal to this style, whatever it was before.
  var sequence: String {
    var codes = "0"
    if marks.contains(.strong) { codes += ";1" }
    if marks.contains(.faint) { codes += ";2" }
    if marks.contains(.underlined) { codes += ";4" }
    if marks.contains(.reversed) { codes += ";7" }
    if let colour = ink.colour { codes += ";\(colour)" }
    return "\u{1B}[\(codes)m"
  }

  static let reset = "\u{1B}[0m"
}

extension Style.Ink {
  /// No yellow and no white, which vanish on light backgrounds.
  fileprivate var colour: Int? {
    switch self {
    case .plain, .variable: nil
    case .keyword: 35
    case .function: 34
    case .number, .metric: 36
    case .text, .prompt: 32
    case .failure: 31
    case .warning: 33
    case .note: 36
    }
  }
}
