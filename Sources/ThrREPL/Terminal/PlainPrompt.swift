import Glibc
import LibEdit
import TerminalOutput

/// Reads an input without any editing: on terminals that cannot move the cursor, or are too narrow.
struct PlainPrompt {
  let advisor: any Advisor

  /// - Parameter completesCode: whether what is read goes on until it is complete code.
  func read(_ label: String, completesCode: Bool = true) -> Prompt.Reading {
    var text = ""
    while true {
      Terminal.write(text.isEmpty ? label : PromptLook.continuationLabel(like: label))
      switch line() {
      case .end: return text.isEmpty ? .end : .text(text)
      case .interrupted:
        Terminal.write("\n")
        return .cancelled(wasEmpty: text.isEmpty)
      case .text(let line):
        text += text.isEmpty ? line : "\n" + line
        // An empty line ends what cannot be completed any more.
        if line.isEmpty || !completesCode || !advisor.isIncomplete(text) { return .text(text) }
      }
    }
  }

  private enum Line {
    case text(String)
    case interrupted
    case end
  }

  private func line() -> Line {
    var bytes: [UInt8] = []
    while true {
      var byte: UInt8 = 0
      switch Glibc.read(STDIN_FILENO, &byte, 1) {
      case 1:
        if byte == UInt8(ascii: "\n") { return .text(PastedText.clean(bytes)) }
        bytes.append(byte)
      case 0: return bytes.isEmpty ? .end : .text(PastedText.clean(bytes))
      default:
        guard errno == EINTR else { return .end }
        // The window's size changes without anybody having pressed Ctrl-C.
        if !WindowSignal.take() { return .interrupted }
      }
    }
  }
}
