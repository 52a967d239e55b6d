/// How places in what was typed at a prompt are named: it has no file, and its inputs no number that
/// anyone sees.
public struct TypedInputs: Sendable {
  /// The name that messages have for the input under way; others begin with `prefix` too.
  let current: String
  private static let prefix = "input"

  public init(current: String) { self.current = current }

  /// The name of the input with a number.
  public static func name(_ number: Int) -> String { "\(prefix) \(number)" }

  /// “line 6, column 7”, or “an earlier input, line 6, column 7”; `nil` for a file.
  func place(in file: String, _ position: Position) -> String? {
    text(file).map { $0 + "line \(position.line), column \(position.column)" }
  }

  /// “line 6”, or “an earlier input, line 6”; `nil` for a file.
  public func line(_ line: Int, in file: String) -> String? {
    text(file).map { $0 + "line \(line)" }
  }

  private func text(_ file: String) -> String? {
    if file == current { return "" }
    guard file.hasPrefix(Self.prefix + " "),
      file.dropFirst(Self.prefix.count + 1).allSatisfy(\.isNumber)
    else { return nil }
    return "an earlier input, "
  }
}
