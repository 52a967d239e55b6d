import ThrModel
import ThrSyntax

/// What is known of a name at one point of the program.
struct Binding: Hashable, Sendable {
  var value: StaticValue
  /// Whether every run that comes here has given the name a value.
  var isCertain = true
  /// Where the name was given this value, in the analysed text.
  var place: Span?
  /// The same in a file that is used.
  var foreign: Origin?
  /// Whether this only sharpens, within a branch, what the name has anyway.
  var isNarrowing = false

  func joined(_ other: Binding) -> Binding {
    Binding(
      value: value.joined(other.value), isCertain: isCertain && other.isCertain,
      place: place ?? other.place, foreign: foreign ?? other.foreign)
  }

  var origin: Origin? { place.map { Origin(file: nil, span: $0) } ?? foreign }
}

/// The names of one scope: of a file, a function's body or a comprehension.
struct Frame: Sendable {
  let parent: Int?
  let scope: ScopeID
  var bindings: [String: Binding] = [:]
  /// Every name that the scope's statements give a value, with the first place.
  var assigned: [String: Span] = [:]
  /// Whether names may exist that the checker cannot see.
  var isOpen = false
  /// Whether it is evaluated row by row, so that a column may hide any name.
  var isRow = false
  /// Tells frames apart that have the same index at different times.
  fileprivate(set) var serial = 0

  init(_ scope: ScopeID, inside parent: Int? = nil) {
    self.scope = scope
    self.parent = parent
  }
}

/// Identifies a scope by where its text begins; the file's own is `file`.
struct ScopeID: Hashable, Sendable {
  let offset: Int

  static let file = ScopeID(offset: -1)
}

/// The names known at one point of the program, with a trail that undoes what a branch did.
struct Names {
  private struct Change {
    let frame: Int
    let name: String
    let old: Binding?
  }

  private(set) var frames: [Frame]
  /// The innermost scope.
  private(set) var current = 0
  private var trail: [Change] = []
  private var marks = 0
  private var entered = 0

  init(file: Frame) { frames = [file] }

  // MARK: - Scopes

  /// What to go back to on leaving a scope.
  struct Outside {
    fileprivate let current: Int
    fileprivate let frames: Int
    fileprivate let trail: Int
  }

  /// Enters scopes, each inside the one before; the first inside `parent`.
  mutating func enter(_ inner: Frame...) -> Outside {
    let outside = Outside(current: current, frames: frames.count, trail: trail.count)
    for var frame in inner {
      entered += 1
      frame.serial = entered
      frames.append(frame)
      current = frames.count - 1
    }
    return outside
  }

  /// Leaves the scopes entered last; nothing of theirs needs undoing any more.
  mutating func leave(to outside: Outside) {
    frames.removeLast(frames.count - outside.frames)
    trail.removeLast(trail.count - outside.trail)
    current = outside.current
  }

  // MARK: - Names

  mutating func bind(_ name: String, _ binding: Binding, in frame: Int? = nil) {
    let frame = frame ?? current
    let old = frames[frame].bindings.updateValue(binding, forKey: name)
    if marks > 0 { trail.append(Change(frame: frame, name: name, old: old)) }
  }

  mutating func update(_ change: (inout Frame) -> Void) { change(&frames[current]) }

  /// The scope that is entered next has this index, for a scope inside it.
  var nextFrame: Int { frames.count }

  // MARK: - Branches

  /// Begins a branch, to be ended by `undo`.
  mutating func mark() -> Int {
    marks += 1
    return trail.count
  }

  /// Takes back all that happened since `mark`, and says what the names were at the end.
  mutating func undo(to mark: Int) -> [String: Binding] {
    var changes: [String: Binding] = [:]
    while trail.count > mark {
      let change = trail.removeLast()
      if change.frame == current, changes[change.name] == nil {
        changes[change.name] = frames[change.frame].bindings[change.name]
      }
      frames[change.frame].bindings[change.name] = change.old
    }
    marks -= 1
    return changes.filter { !$0.value.isNarrowing }
  }
}
