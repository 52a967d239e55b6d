import Foundation
import TestSupport
import Testing

/// A terminal in tmux with `thr` in it: keys go in, the screen comes out.
final class Screen {
  /// Where the history and the settings of a test's sessions are; a second session may share them.
  let files: TemporaryFolder
  var folder: URL { files.url }
  private let socket = "thr-test-\(UUID().uuidString.prefix(8))"
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The executable stands beside the test bundle.
  static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "thr").path

  /// How long anything may take on a busy machine.
  private static let patience = 20.0

  /// - Parameters:
  ///   - environment: variables beside those that every test sets.
  ///   - command: what runs in the terminal; `$THR` is the executable.
  init(
    width: Int = 80, height: Int = 24, in files: TemporaryFolder? = nil,
    environment: [String: String] = [:], command: String = "\"$THR\""
  ) throws {
    self.files = try files ?? TemporaryFolder()
    let variables =
      [
        "HOME": self.folder.path, "XDG_STATE_HOME": self.folder.path, "THR": Self.executable,
        "LC_ALL": "C.UTF-8", "TERM": "tmux-256color", "PAGER": "", "EDITOR": "", "VISUAL": "",
        "NO_COLOR": "", "EDITRC": self.folder.appending(path: ".editrc").path,
      ].merging(environment) { $1 }
    let settings = variables.flatMap { ["-e", "\($0.key)=\($0.value)"] }
    tmux(
      ["-f", "/dev/null", "new-session", "-d", "-s", "s", "-x", "\(width)", "-y", "\(height)"]
        + settings + [
          "cd '\(self.folder.path)'; TERM=\(variables["TERM"] ?? "") ; export TERM; \(command); echo left with $?; sleep 600"
        ]
        // Nor does it live on where the tests are stopped before they can stop it.
        + [
          ";", "run-shell", "-b",
          "tail --pid=\(getpid()) --follow /dev/null; tmux -L \(socket) kill-server",
        ])
  }

  deinit { tmux(["kill-server"]) }

  @discardableResult
  private func tmux(_ arguments: [String]) -> String { Tmux.run(["-L", socket] + arguments) }

  // MARK: - Keys

  /// Types text as it stands.
  func type(_ text: String) { tmux(["send-keys", "-t", "s", "-l", "--", text]) }

  /// Presses keys by tmux's names, such as `Enter` and `C-c`.
  func press(_ keys: String...) { press(keys) }

  fileprivate func press(_ keys: [String]) { tmux(["send-keys", "-t", "s"] + keys) }

  /// Types a line and Enter.
  func enter(_ text: String) {
    type(text)
    press("Enter")
  }

  /// Pastes as a terminal does, with marks around the text.
  func paste(_ text: String) {
    tmux(["set-buffer", "-b", "pasted", "--", text])
    tmux(["paste-buffer", "-p", "-r", "-b", "pasted", "-t", "s"])
  }

  func resize(width: Int, height: Int) {
    tmux(["resize-window", "-t", "s", "-x", "\(width)", "-y", "\(height)"])
  }

  // MARK: - What is seen

  /// The lines of the screen.
  var lines: [String] {
    tmux(["capture-pane", "-p", "-t", "s"]).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// The screen with its colour sequences.
  var coloured: String {
    tmux(["capture-pane", "-p", "-e", "-t", "s"])
      .replacingOccurrences(of: "\u{1B}[49m", with: "")
      .replacingOccurrences(of: "\u{1B}[39m", with: "")
  }

  /// Column and row of the cursor.
  var cursor: String { tmux(["display-message", "-p", "-t", "s", "#{cursor_x},#{cursor_y}"]) }

  /// Waits until the screen is as wanted; records what it shows instead.
  func expect(
    _ comment: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: (Screen) -> Bool
  ) {
    let end = Date.now.addingTimeInterval(Self.patience)
    repeat {
      if condition(self) { return }
      usleep(20_000)
    } while Date.now < end
    Issue.record(
      "\(comment), but the screen shows\n\(lines.joined(separator: "\n"))",
      sourceLocation: sourceLocation)
  }

  /// Waits until the last lines are these, spaces at their ends aside.
  func expect(last wanted: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    expect(lastLines: wanted, sourceLocation: sourceLocation)
  }

  fileprivate func expect(lastLines wanted: [String], sourceLocation: SourceLocation) {
    expect("the last lines are to be \(wanted)", sourceLocation: sourceLocation) { screen in
      var lines = screen.lines.map { $0.trimmingTrailingSpaces }
      while lines.last == "" { lines.removeLast() }
      return Array(lines.suffix(wanted.count)) == wanted
    }
  }

  /// Waits until a line holds the text.
  func expect(line wanted: String, sourceLocation: SourceLocation = #_sourceLocation) {
    expect("a line is to hold “\(wanted)”", sourceLocation: sourceLocation) { screen in
      screen.lines.contains { $0.contains(wanted) }
    }
  }

  /// Waits for the prompt of a session that has just begun.
  func expectPrompt(sourceLocation: SourceLocation = #_sourceLocation) {
    expect(last: "thr>", sourceLocation: sourceLocation)
  }

  /// A file of the test's folder.
  func text(of name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  func write(_ text: String, to name: String) throws {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }
}

// MARK: - Recorded sessions

extension Screen {
  /// Plays a session, step by step: what is typed, and what is then to be seen.
  ///
  /// - `> TEXT` types a text and Enter, `type TEXT` without Enter, `press KEYS` presses keys by
  ///   tmux's names.
  /// - Lines `| TEXT` are the last ones of the screen, `~ TEXT` is somewhere in a line.
  func play(_ session: String, sourceLocation: SourceLocation = #_sourceLocation) {
    var last: [String] = []
    for step in session.components(separatedBy: "\n") + [""] {
      let word = step.prefix { $0 != " " }
      let rest = String(step.dropFirst(word.count + 1))
      if word != "|", !last.isEmpty {
        expect(lastLines: last, sourceLocation: sourceLocation)
        last = []
      }
      switch word {
      case ">": enter(rest)
      case "type": type(rest)
      case "press": press(rest.split(separator: " ").map(String.init))
      case "|": last.append(rest)
      case "~": expect(line: rest, sourceLocation: sourceLocation)
      case "": break
      default: Issue.record("no step: \(step)", sourceLocation: sourceLocation)
      }
    }
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
