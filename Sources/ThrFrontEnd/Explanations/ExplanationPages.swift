import Glibc
import Synchronization
public import ThrSyntax

/// Pages that say what a kind of problem is, as files that an editor can open from the code of a
/// diagnostic: `~/.cache/thr/0.1.0/E0204.md`.
///
/// Each is written when it is first pointed to.
public final class ExplanationPages: Sendable {
  /// `nil` where the user has no folder for such files.
  private let folder: String?
  /// The addresses that were reported before; a text may have the same problem a thousand times.
  private let known = Mutex<[String: String]>([:])

  public init() {
    folder = Self.variable("XDG_CACHE_HOME") ?? Self.variable("HOME").map { $0 + "/.cache" }
  }

  /// The address of the page on a kind; `nil` where there is nothing to say or no place to say it.
  public func address(of kind: Diagnostic.Kind) -> String? {
    if let known = known.withLock({ $0[kind.code] }) { return known }
    guard let folder, let explanation = kind.explanation else { return nil }
    var own = folder
    for part in ["", "/thr", "/\(ThrVersion.current)"] {
      own += part
      mkdir(own, 0o755)
    }
    let path = "\(own)/\(kind.code).md"
    guard access(path, R_OK) == 0 || write(page(on: kind, explanation), to: path) else {
      return nil
    }
    known.withLock { $0[kind.code] = "file://" + path }
    return "file://" + path
  }

  private func page(on kind: Diagnostic.Kind, _ explanation: Diagnostic.Explanation) -> String {
    """
    # \(kind.code) \(kind.name)

    \(explanation.summary)

    Wrong:

    ```thr
    \(explanation.wrong)
    ```

    Right:

    ```thr
    \(explanation.right)
    ```

    """
  }

  /// Writes a file whole or not at all: another editor may be opening it.
  private func write(_ text: String, to path: String) -> Bool {
    let draft = "\(path).\(getpid())"
    guard let file = fopen(draft, "w") else { return false }
    let bytes = Array(text.utf8)
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    return fclose(file) == 0 && isWritten && rename(draft, path) == 0
  }

  /// An absolute path from the environment, of characters that need no escapes in an address.
  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name).map({ String(cString: $0) }), value.hasPrefix("/"),
      value.utf8.allSatisfy({ byte in
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
          || byte == UInt8(ascii: "_") || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
      })
    else { return nil }
    return value
  }
}
