/// Something that a person works with on the whole screen of a terminal: keys change its state, and
/// the state is shown as lines.
///
/// It knows no terminal, so that it can be tested without one; a front end that has a terminal
/// offers `CallContext.screen`.
public protocol ScreenProgram: Sendable {
  /// Changes the state as a key asks for.
  mutating func take(_ key: ScreenKey, on surface: Surface) -> ScreenReaction

  /// What the screen shows, at most as many lines as the surface is high and none wider.
  func lines(on surface: Surface) -> [String]

  /// The statement that makes what was settled on.
  ///
  /// - Parameter name: the name of a value in the session, where it has one.
  func statement(naming name: (Value) -> String?) -> String?
}

/// A key as a program on the screen needs to know it.
public enum ScreenKey: Hashable, Sendable {
  case character(Character)
  case left, right, up, down
  /// With Shift held down.
  case farLeft, farRight
  case home, end, pageUp, pageDown
  case enter, tab, escape, backspace
  /// The mouse's main button, pressed or dragged, at a column and a row, both from 0.
  case mouse(column: Int, row: Int)
}

/// What a key leads to.
public enum ScreenReaction: Hashable, Sendable {
  case goOn
  /// What is settled on is the result.
  case accept
  /// The same, and its statement becomes the next input.
  case write
  /// No result.
  case leave
}

/// A program as it was when its user left it, and how it was left.
public struct ScreenEnding: Sendable {
  public let program: any ScreenProgram
  public let reaction: ScreenReaction

  public init(_ program: any ScreenProgram, _ reaction: ScreenReaction) {
    self.program = program
    self.reaction = reaction
  }
}
