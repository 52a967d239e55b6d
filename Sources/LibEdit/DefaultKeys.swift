/// What keys a command has when nothing else is said.
public struct DefaultKeys: Sendable {
  /// The command's place in the list that `Editline` is made with.
  public let command: Int
  /// In emacs' keys, and while inserting in vi's.
  public let chords: [Chord]
  /// In vi's command mode.
  public let viChords: [Chord]
  /// Whether `~/.editrc` cannot take the keys away.
  public let isEssential: Bool

  public init(
    _ command: Int, _ chords: [Chord], viChords: [Chord] = [], isEssential: Bool = false
  ) {
    self.command = command
    self.chords = chords
    self.viChords = viChords
    self.isEssential = isEssential
  }
}
