import ThrModel
import ThrSyntax

/// The names of one scope: of a file, a function's body or a comprehension.
struct NameFrame: Sendable {
  let parent: Int?
  let scope: ScopeID
  var bindings = Bindings()
  /// Every name that the scope's statements give a value, with the first place.
  var assigned: [String: Span] = [:]
  /// Whether names may exist that the checker cannot see.
  var isOpen = false
  /// Whether later inputs may bring more names, as when a function of a session is called.
  var awaitsMore = false
  /// Whether it is evaluated row by row, so that a column may hide any name.
  var isRow = false
  /// Distinguishes frames that have the same index at different times.
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
    let slot: Int
    let name: String
    let old: Binding?
  }

  private(set) var frames: [NameFrame]
  /// The innermost scope.
  private(set) var current = 0
  private var trail: [Change] = []
  private var marks = 0
  private var entered = 0
  private(set) var lastStamp: Int

  /// - Parameter lastStamp: stamps up to this one are in use.
  init(file: NameFrame, lastStamp: Int) {
    frames = [file]
    self.lastStamp = lastStamp
  }

  // MARK: - Scopes

  /// What to go back to on leaving a scope.
  struct Outside {
    fileprivate let current: Int
    fileprivate let frames: Int
    fileprivate let trail: Int
  }

  /// Enters scopes, each inside the one before; the first inside `parent`.
  mutating func enter(_ inner: NameFrame...) -> Outside {
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

  /// Gives a name of the current scope a value.
  ///
  /// - Returns: its slot, and the value with a stamp of its own.
  @discardableResult
  mutating func bind(_ name: String, _ binding: Binding) -> (slot: Int, binding: Binding) {
    lastStamp += 1
    let binding = binding.stamped(lastStamp)
    let slot = frames[current].bindings.slot(of: name)
    let old = frames[current].bindings.set(binding, at: slot)
    if marks > 0 { trail.append(Change(frame: current, slot: slot, name: name, old: old)) }
    return (slot, binding)
  }

  /// Lets a name of the file have the very binding that it had in an earlier text.
  ///
  /// To be called between the file's statements, where there is nothing to undo.
  mutating func rebind(_ binding: Binding, at slot: Int) {
    _ = frames[0].bindings.set(binding, at: slot)
  }

  /// The slot of a name of the file.
  mutating func fileSlot(of name: String) -> Int { frames[0].bindings.slot(of: name) }

  mutating func update(_ change: (inout NameFrame) -> Void) { change(&frames[current]) }

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
        changes[change.name] = frames[change.frame].bindings.values[change.slot]
      }
      _ = frames[change.frame].bindings.set(change.old, at: change.slot)
    }
    marks -= 1
    return changes.filter { !$0.value.isNarrowing }
  }
}
