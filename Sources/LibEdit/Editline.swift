import CLibEdit
import Glibc

/// libedit as an editor without a screen: it holds the line, knows the keys of emacs and vi and
/// what `~/.editrc` says, and turns the terminal's modes; whoever owns this paints.
///
/// What is known to be unsafe in it stays unused: no resizing within a line, no signals, no
/// incremental search, no history of its own.
public final class Editline {
  /// What libedit is to do after a command.
  public enum Answer {
    case goOn
    case endLine
  }

  private let editor: OpaquePointer
  private let client: UnsafeMutablePointer<thr_client>
  private let files: EditlineFiles
  /// Scalars that a key stands for, the next one last.
  private var queue: [Unicode.Scalar] = []
  private let nextKey: () -> KeyPress?
  private let perform: (_ command: Int) -> Answer
  /// The names by which `~/.editrc` may bind our commands.
  private let commands: [String]
  private let bindings: [Binding]
  /// Sequences that `~/.editrc` binds and that are no keys known here.
  private(set) var foreignSequences: Set<[UInt8]> = []

  /// - Parameters:
  ///   - commands: the names that `~/.editrc` may bind.
  ///   - bindings: the keys that they have when nothing else is said.
  ///   - nextKey: waits for the next key; `nil` at the end of the input.
  ///   - perform: carries a command out.
  /// - Returns: `nil` where libedit cannot edit here.
  public init?(
    commands: [String], bindings: [Binding], nextKey: @escaping () -> KeyPress?,
    perform: @escaping (_ command: Int) -> Answer
  ) {
    guard let files = EditlineFiles(),
      let editor = el_init_fd("thr", files.input, files.nowhere, files.nowhere, 0, 1, 2)
    else { return nil }
    self.editor = editor
    self.files = files
    self.commands = commands + [Self.lineEndCommand]
    self.bindings = bindings + Self.ownBindings(commands.count)
    self.nextKey = nextKey
    self.perform = perform
    client = .allocate(capacity: 1)
    client.initialize(to: thr_client())
    client.pointee.owner = Unmanaged.passUnretained(self).toOpaque()
    client.pointee.perform = { owner, command in
      Editline.from(owner)?.performed(Int(command)) ?? UInt8(CC_ERROR)
    }
    client.pointee.read = { owner, character in
      guard let scalar = Editline.from(owner)?.nextScalar() else { return 0 }
      character?.pointee = wchar_t(bitPattern: scalar.value)
      return 1
    }
    thr_el_set_client(editor, client)
    thr_el_set_reader(editor)
    thr_el_set_number(editor, EL_SIGNAL, 0)
    thr_el_set_history(editor, files.history)
    // Ctrl-C, Ctrl-Z, Ctrl-S and the like are keys while a line is edited.
    // Debian's libedit begins with vi's keys; those are for whoever asks for them.
    wide("emacs") { thr_el_set_editor(editor, $0) }
    for mode in ["-isig", "-ixon", "-iexten"] { wide(mode) { thr_el_set_mode(editor, $0) } }
    bindKeys()
  }

  deinit {
    el_end(editor)
    client.deallocate()
  }

  private static func from(_ owner: UnsafeMutableRawPointer?) -> Editline? {
    owner.map { Unmanaged<Editline>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: - Lines

  /// Reads keys until a command ends the line; false at the end of the input.
  public func readLine() -> Bool {
    queue = []
    keysInLine = 0
    commandsSinceKey = 0
    hasEnded = false
    // With each line libedit takes the window's size again.
    rows = 0
    var count: Int32 = 0
    _ = el_wgets(editor, &count)
    return hasEnded
  }

  /// How many keys were pressed since the line began.
  private var keysInLine = 0
  /// How many commands were given since the last of them.
  private var commandsSinceKey = 0
  /// More commands than anybody lets one key stand for.
  private static let longestMacro = 1_000
  /// Whether a command ended the line; libedit says the same of an empty one and of the end.
  private var hasEnded = false

  /// The line as libedit has it; setting it changes no more than what differs.
  public var line: EditedLine {
    get {
      guard let info = el_wline(editor)?.pointee, let start = info.buffer else {
        return EditedLine()
      }
      let length = info.lastchar - start
      let characters = UnsafeBufferPointer(start: start, count: length)
      var text = String.UnicodeScalarView()
      var cursor = 0
      for (place, character) in characters.enumerated() {
        if start + place == info.cursor { cursor = text.utf8Count }
        let scalar = Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}"
        // A command of vi's that waited for a character may have taken a key's first half.
        if scalar != "\0", SpecialKey(rawValue: scalar.value) == nil { text.append(scalar) }
      }
      if info.cursor == info.lastchar { cursor = text.utf8Count }
      return EditedLine(String(text), cursor: cursor)
    }
    set { write(newValue) }
  }

  private func write(_ new: EditedLine) {
    isScreenStale = true
    guard let info = el_wline(editor)?.pointee, let start = info.buffer else { return }
    let old = UnsafeBufferPointer(start: start, count: info.lastchar - start)
    let wanted = new.text.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
    let prefix = zip(old, wanted).prefix { $0 == $1 }.count
    let room = min(old.count, wanted.count) - prefix
    let suffix = min(zip(old.reversed(), wanted.reversed()).prefix { $0 == $1 }.count, room)
    let oldEnd = old.count - suffix
    el_cursor(editor, Int32(oldEnd - (info.cursor - start)))
    if oldEnd > prefix { el_deletestr(editor, Int32(oldEnd - prefix)) }
    makeRoom(for: wanted.count)
    insert(wanted[prefix..<(wanted.count - suffix)])
    let end = new.text.utf8.index(new.text.startIndex, offsetBy: new.cursor)
    let cursor = new.text[..<end].unicodeScalars.count
    guard let after = el_wline(editor)?.pointee, let now = after.buffer else { return }
    el_cursor(editor, Int32(cursor - (after.cursor - now)))
  }

  private func insert(_ characters: some Collection<wchar_t>) {
    guard !characters.isEmpty else { return }
    (Array(characters) + [0]).withUnsafeBufferPointer {
      _ = el_winsertstr(editor, $0.baseAddress)
    }
  }

  /// How long a line was that libedit has made room for.
  private var room = 0

  /// Has libedit take more memory than the line needs, should that not be so: when vi's commands
  /// delete, it reads behind the line's end, as far as what they delete is long.
  private func makeRoom(for count: Int) {
    let needed = 2 * count + 4_096
    guard needed > room, let line = el_wline(editor) else { return }
    room = 2 * needed
    let cursor = line.pointee.cursor - line.pointee.buffer
    el_cursor(editor, Int32(line.pointee.lastchar - line.pointee.cursor))
    insert(repeatElement(0x20, count: room))
    // What is deleted by a function of libedit's would be what vi puts back next.
    let info = UnsafeMutablePointer(mutating: line)
    info.pointee.lastchar -= room
    info.pointee.cursor = info.pointee.buffer + cursor
  }

  // MARK: - What libedit takes for the screen

  /// Whether the line was changed since libedit drew it where nobody looks.
  private var isScreenStale = false
  /// How many rows libedit draws on.
  private var rows = 0
  private static let columns = 80
  /// The most columns that libedit writes a character in, as `\U+10FFFF`.
  private static let widestCharacter = 8

  /// Puts right what libedit relies on when it gets its next character.
  private func settle() {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer else { return }
    // On an empty line, libedit's movement to its end sets the cursor before it.
    if line.cursor < start { el_cursor(editor, Int32(start - line.cursor)) }
    makeRows(for: UnsafeBufferPointer(start: start, count: line.lastchar - start))
    guard isScreenStale else { return }
    // A character is drawn where the line is believed to end.
    thr_el_refresh(editor)
    isScreenStale = false
  }

  /// Has libedit draw on more rows than the line needs, should that not be so: it moves to rows
  /// below the last, and writes there.
  private func makeRows(for line: UnsafeBufferPointer<wchar_t>) {
    let breaks = line.count { $0 == 0x0A }
    let needed = breaks + line.count * Self.widestCharacter / (Self.columns - 1) + 100
    guard needed > rows else { return }
    rows = 2 * needed
    for (name, count) in [("co", Self.columns), ("li", rows)] {
      wide(name) { name in wide("\(count)") { thr_el_set_capability(editor, name, $0) } }
    }
    isScreenStale = true
  }

  /// Gives the terminal back to the rest of the world, or takes it again.
  public func setRaw(_ isRaw: Bool) { thr_el_set_number(editor, EL_PREP_TERM, isRaw ? 1 : 0) }

  // MARK: - What libedit asks for

  private func performed(_ index: Int) -> UInt8 {
    // vi's `.` may repeat an Enter, and so itself, for ever: nobody pressed a key. So it may a command
    // that leaves the line. libedit then drops what it still has to repeat.
    commandsSinceKey += 1
    guard keysInLine > 0, commandsSinceKey <= Self.longestMacro else { return UInt8(CC_FATAL) }
    if index == commands.count - 1 { return passOnLineEnd() }
    switch perform(index) {
    // What libedit takes for the screen must be the line: it would write outside of it otherwise.
    case .goOn:
      isScreenStale = false
      return UInt8(CC_REFRESH)
    case .endLine:
      hasEnded = true
      return UInt8(CC_NEWLINE)
    }
  }

  /// What vi's `$` is bound to; see `passOnLineEnd`.
  private static let lineEndCommand = "thr-vi-line-end"

  private static func ownBindings(_ lineEnd: Int) -> [Binding] {
    [Binding(lineEnd, [], viChords: [.plain("$"), .control("E")])]
  }

  /// What libedit's own movement to the end of the line is bound to in vi's command mode.
  private static let lineEnd = "\(SpecialKey.leadIn)\u{F7FF}"

  /// Leaves vi's `$` to libedit, but on an empty line: it would set the cursor before that.
  private func passOnLineEnd() -> UInt8 {
    guard let line = el_wline(editor)?.pointee, line.lastchar > line.buffer else {
      return UInt8(CC_ERROR)
    }
    wide(Self.lineEnd) { el_wpush(editor, $0) }
    // An operator that waits for a movement goes on waiting.
    return UInt8(CC_ARGHACK)
  }

  private func nextScalar() -> Unicode.Scalar? {
    defer { settle() }
    while true {
      if let next = queue.popLast() { return next }
      guard let press = nextKey() else { return nil }
      keysInLine += 1
      commandsSinceKey = 0
      switch press {
      // Pressed by itself it would wait for a key's own character.
      case .character(SpecialKey.leadIn): continue
      case .character(let scalar): return scalar
      case .key(let key): queue = [key.scalar, SpecialKey.leadIn]
      case .paste: queue = [SpecialKey.paste.scalar, SpecialKey.leadIn]
      case .unknown(let bytes) where foreignSequences.contains(bytes):
        queue = bytes.reversed().map { Unicode.Scalar($0) }
      case .unknown: continue
      }
    }
  }

  // MARK: - Keys

  /// Whether the keys are vi's.
  public var usesViKeys: Bool {
    get { thr_el_is_vi(editor) != 0 }
    set {
      wide(newValue ? "vi" : "emacs") { thr_el_set_editor(editor, $0) }
      bindKeys()
    }
  }

  /// Whether `~/.editrc` wants no editing at all.
  public var isSwitchedOff: Bool { thr_el_is_editing(editor) == 0 }

  /// Our keys first, then the user's, then those that must not get lost.
  ///
  /// `bind -v` and `bind -e` drop every binding before them, so these come first of all.
  private func bindKeys() {
    for (index, name) in commands.enumerated() {
      guard !files.isDeclared else { break }
      thr_el_add_command(editor, files.kept(name), files.kept(name), Int32(index))
    }
    let isFirstTime = !files.isDeclared
    files.isDeclared = true
    let settings = EditSettings.ofUser()
    if isFirstTime { for words in settings.modes { obey(words) } }
    for binding in bindings { bind(binding) }
    for words in settings.bindings { obey(words) }
    for binding in bindings where binding.isEssential { bind(binding) }
    if usesViKeys {
      wide("ed-move-to-end") { name in
        wide(Self.lineEnd) { thr_el_bind_alternate(editor, $0, name) }
      }
    }
    foreignSequences = settings.foreignSequences
  }

  private func bind(_ binding: Binding) {
    let isVi = usesViKeys
    wide(commands[binding.command]) { name in
      // Esc is a key of its own in vi's: nothing may begin with it.
      for chord in binding.chords where !(isVi && chord.beginsWithEscape) {
        wide(chord.sequence) { thr_el_bind(editor, $0, name) }
      }
      guard isVi else { return }
      for chord in binding.viChords {
        wide(chord.sequence) { thr_el_bind_alternate(editor, $0, name) }
      }
    }
  }

  /// Carries out a line of `~/.editrc`.
  private func obey(_ words: [String]) {
    let copies = words.map { $0.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0] }
    let pointers = copies.map { copy -> UnsafePointer<wchar_t> in
      let memory = UnsafeMutablePointer<wchar_t>.allocate(capacity: copy.count)
      memory.initialize(from: copy, count: copy.count)
      return UnsafePointer(memory)
    }
    defer { pointers.forEach { $0.deallocate() } }
    var arguments: [UnsafePointer<wchar_t>?] = pointers + [nil]
    el_wparse(editor, Int32(words.count), &arguments)
  }
}

/// Hands a text to C in wide characters, for the time of the call.
@discardableResult
private func wide<Result>(_ text: String, _ body: (UnsafePointer<wchar_t>?) -> Result) -> Result {
  let characters = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
  return characters.withUnsafeBufferPointer { body($0.baseAddress) }
}

extension String.UnicodeScalarView {
  fileprivate var utf8Count: Int { String(self).utf8.count }
}
