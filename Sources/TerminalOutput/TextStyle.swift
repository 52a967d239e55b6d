/// How text looks on a terminal: its colour and what stands out.
public struct TextStyle: Hashable, Sendable {
  /// Terminal colours by what they say; of the sixteen that every theme keeps readable.
  public enum Ink: UInt8, Hashable, Sendable {
    case plain, keyword, function, number, text, metric, variable, prompt, failure, warning, note
  }

  /// Marks of text beside its colour.
  public struct Marks: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let strong = Marks(rawValue: 1)
    public static let faint = Marks(rawValue: 2)
    public static let underlined = Marks(rawValue: 4)
    public static let reversed = Marks(rawValue: 8)
  }

  public var ink: Ink
  public var marks: Marks

  public init(_ ink: Ink = .plain, _ marks: Marks = []) {
    self.ink = ink
    self.marks = marks
  }

  public static let plain = TextStyle()
  public static let faint = TextStyle(.plain, .faint)
  public static let strong = TextStyle(.plain, .strong)

  /// The same with more marks.
  public func adding(_ more: Marks) -> TextStyle { TextStyle(ink, marks.union(more)) }

  /// The sequence that turns the terminal to this style from any other.
  public var sequence: String {
    var codes = "0"
    if marks.contains(.strong) { codes += ";1" }
    if marks.contains(.faint) { codes += ";2" }
    if marks.contains(.underlined) { codes += ";4" }
    if marks.contains(.reversed) { codes += ";7" }
    if let colour = ink.colour { codes += ";\(colour)" }
    return "\u{1B}[\(codes)m"
  }

  /// The sequence that ends every style.
  public static let reset = "\u{1B}[0m"
}

extension TextStyle.Ink {
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
