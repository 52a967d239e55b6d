public import ThrModel

extension Value {
  /// Where escape sequences in the value's full display come from: only objects
  /// are drawn with colours, everything else is data.
  public var origin: TerminalText.Origin {
    switch self {
    case .object: .rendering
    default: .data
    }
  }
}
