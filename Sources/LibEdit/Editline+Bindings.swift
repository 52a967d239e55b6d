import CLibEdit
import Glibc

extension Editline {
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
  /// README 8: lines that choose a set of keys come before all others.
  func bindKeys() {
    let isFirstTime = !files.isDeclared
    if isFirstTime { declareCommands() }
    let settings = EditSettings.ofUser()
    if isFirstTime { for words in settings.modes { obey(words) } }
    for binding in bindings { bind(binding) }
    for words in settings.bindings { obey(words) }
    for binding in bindings where binding.isEssential { bind(binding) }
    if usesViKeys {
      for (keys, name) in HiddenCommand.all {
        wide(name) { name in wide(keys) { thr_el_bind_alternate(editor, $0, name) } }
      }
    }
    foreignSequences = settings.foreignSequences
  }

  private func declareCommands() {
    for (index, name) in commands.enumerated() {
      thr_el_add_command(editor, files.kept(name), files.kept(name), Int32(index))
    }
    files.isDeclared = true
  }

  private func bind(_ binding: DefaultKeys) {
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

  // MARK: - The end of the line in vi's command mode, README 4

  /// What vi's `$` is bound to.
  static let lineEndCommand = "thr-vi-line-end"

  static func lineEndBinding(_ command: Int) -> DefaultKeys {
    DefaultKeys(command, [], viChords: [.plain("$"), .control("E")])
  }

  /// Leaves `$` to libedit, except on an empty line.
  func passOnLineEnd() -> UInt8 {
    guard let line = el_wline(editor)?.pointee, line.lastchar > line.buffer else {
      return UInt8(CC_ERROR)
    }
    wide(HiddenCommand.lineEnd.keys) { el_wpush(editor, $0) }
    // An operator that waits for a movement goes on waiting.
    return UInt8(CC_ARGHACK)
  }
}
