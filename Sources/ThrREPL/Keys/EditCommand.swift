import LibEdit

/// What a key can do at the prompt, with the keys that it has when nothing else is said; declared
/// once, for libedit, for `~/.editrc` and for `.help shortcuts`.
struct EditCommand: Sendable {
  enum Group: String, Sendable, CaseIterable {
    case input = "Input"
    case moving = "Moving"
    case changing = "Changing"
    case history = "History"
    case other = "Other"
  }

  /// What the editor must know beside the action.
  struct Traits: OptionSet, Sendable {
    let rawValue: Int

    /// The menu stays open.
    static let keepsMenu = Traits(rawValue: 1)
    /// The walk through the history goes on.
    static let walks = Traits(rawValue: 2)
    /// The column to reach stays the same.
    static let movesVertically = Traits(rawValue: 4)
    /// What is cut next to what was cut before becomes one text with it.
    static let cuts = Traits(rawValue: 8)
    /// What was pasted may be replaced by an earlier cut.
    static let yanks = Traits(rawValue: 16)
    /// It goes through the changes, and is none itself.
    static let undoes = Traits(rawValue: 32)
  }

  /// The name that `~/.editrc` may bind.
  let name: String
  let group: Group
  /// In emacs' keys, and while inserting in vi's.
  let chords: [Chord]
  /// In vi's command mode.
  let viChords: [Chord]
  /// Whether `~/.editrc` cannot take the keys away.
  let isEssential: Bool
  let traits: Traits
  /// What `.help shortcuts` says; empty for keys that it leaves out.
  let summary: String
  let act: @Sendable (inout LineEditor) -> LineEditor.Reaction

  /// - Parameters:
  ///   - reaction: what is left to do for the owner of the terminal.
  ///   - edit: what it does to the line.
  init(
    _ name: String, _ group: Group, _ chords: Chord..., vi viChords: [Chord] = [],
    essential isEssential: Bool = false, traits: Traits = [],
    reaction: LineEditor.Reaction = .none, does summary: String,
    edit: @escaping @Sendable (inout LineEditor) -> Void = { _ in }
  ) {
    self.init(
      name, group, chords, viChords, isEssential, traits, summary,
      act: {
        edit(&$0)
        return reaction
      })
  }

  /// A command whose reaction depends on the line.
  init(
    _ name: String, _ group: Group, _ chords: Chord..., vi viChords: [Chord] = [],
    essential isEssential: Bool = false, traits: Traits = [], does summary: String,
    reacting act: @escaping @Sendable (inout LineEditor) -> LineEditor.Reaction
  ) {
    self.init(name, group, chords, viChords, isEssential, traits, summary, act: act)
  }

  private init(
    _ name: String, _ group: Group, _ chords: [Chord], _ viChords: [Chord], _ isEssential: Bool,
    _ traits: Traits, _ summary: String,
    act: @escaping @Sendable (inout LineEditor) -> LineEditor.Reaction
  ) {
    self.name = "thr-" + name
    (self.group, self.chords, self.viChords) = (group, chords, viChords)
    (self.isEssential, self.traits, self.summary) = (isEssential, traits, summary)
    self.act = act
  }

  static let all: [EditCommand] = [
    .submit, .newline, .complete, .completeBackwards, .paste, .cancel, .endOrDelete, .help,
    .left, .right, .wordLeft, .wordRight, .lineStart, .lineEnd, .textStart, .textEnd, .up, .down,
    .viLeft, .viRight, .viUp, .viDown,
    .deleteBackwards, .delete, .deleteBlankWordBackwards, .deleteWordBackwards, .deleteWord,
    .deleteToLineEnd, .deleteToLineStart, .yank, .yankEarlier, .undo, .redo, .transpose, .upperCase,
    .lowerCase, .capitalize, .editExternally,
    .olderEntry, .newerEntry, .search, .browseHistory,
    .clearScreen, .suspend, .nothing,
  ]
}
