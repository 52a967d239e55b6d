import CLibEdit
import Glibc

/// libedit as a source of commands: it knows the keys of emacs and vi and what `~/.editrc` says, and
/// sets the terminal's modes.
///
/// It edits a copy of the line, which its owner keeps, and paints nothing. What libedit gets wrong,
/// and what is done about it here, is listed in this module's README; comments cite its numbers.
public final class Editline {
  /// What came of the keys of one command.
  public enum Step: Hashable, Sendable {
    /// One of our commands, by its place in the list, is to be carried out.
    case command(Int)
    /// libedit carried out one of its own, so that its line may have changed.
    case edited
    /// An operator of vi's is to be carried out on an object that libedit does not know.
    case operation(ViOperation)
    /// The end of the input.
    case end
  }

  let editor: OpaquePointer
  let files: EditlineFiles
  /// The names by which `~/.editrc` may bind our commands.
  let commands: [String]
  let bindings: [DefaultKeys]
  /// How many of the commands are the owner's.
  let ownCommands: Int
  let nextKey: () -> KeyPress?
  private let client: UnsafeMutablePointer<thr_client>
  /// Sequences that `~/.editrc` binds and that are no keys known here.
  var foreignSequences: Set<[UInt8]> = []
  /// Scalars that a key stands for, the next one last.
  var queue: [Unicode.Scalar] = []
  var progress = StepProgress()
  var screen = ImaginedScreen()
  /// How long a line was that libedit has made room for; README 3.
  var room = 0

  /// - Parameters:
  ///   - commands: the names that `~/.editrc` may bind.
  ///   - bindings: the keys that they have when nothing else is said.
  ///   - nextKey: waits for the next key; `nil` at the end of the input.
  /// - Returns: `nil` where libedit cannot edit here.
  public init?(
    commands: [String], bindings: [DefaultKeys], nextKey: @escaping () -> KeyPress?
  ) {
    guard let files = EditlineFiles(),
      let editor = el_init_fd("thr", files.input, files.nowhere, files.nowhere, 0, 1, 2)
    else { return nil }
    self.editor = editor
    self.files = files
    ownCommands = commands.count
    self.commands = commands + [Self.lineEndCommand] + Self.operatorBindings.map(\.name)
    self.bindings =
      bindings + [Self.lineEndBinding(commands.count)]
      + Self.operatorBindings.enumerated().map { place, binding in
        DefaultKeys(commands.count + 1 + place, [], viChords: [binding.chord])
      }
    self.nextKey = nextKey
    client = .allocate(capacity: 1)
    client.initialize(to: thr_client())
    client.pointee.owner = Unmanaged.passUnretained(self).toOpaque()
    connect()
    setUp()
    bindKeys()
  }

  deinit {
    el_end(editor)
    client.deallocate()
  }

  private func connect() {
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
  }

  private static func from(_ owner: UnsafeMutableRawPointer?) -> Editline? {
    owner.map { Unmanaged<Editline>.fromOpaque($0).takeUnretainedValue() }
  }

  private func setUp() {
    // README 1.
    thr_el_set_number(editor, EL_SIGNAL, 0)
    thr_el_set_history(editor, files.history)
    // Debian's libedit begins with vi's keys.
    wide("emacs") { thr_el_set_editor(editor, $0) }
    // Ctrl-C, Ctrl-Z, Ctrl-S and the like are keys while a line is edited.
    for mode in ["-isig", "-ixon", "-iexten"] { wide(mode) { thr_el_set_mode(editor, $0) } }
  }

  /// Gives the terminal back to the rest of the world, or takes it again.
  public func setRaw(_ isRaw: Bool) { thr_el_set_number(editor, EL_PREP_TERM, isRaw ? 1 : 0) }
}

/// Hands a text to C in wide characters, for the time of the call.
@discardableResult
func wide<Result>(_ text: String, _ body: (UnsafePointer<wchar_t>?) -> Result) -> Result {
  let characters = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
  return characters.withUnsafeBufferPointer { body($0.baseAddress) }
}
