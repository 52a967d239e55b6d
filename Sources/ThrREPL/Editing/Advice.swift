/// What is known of an input and shown while it is typed.
struct Advice: Hashable, Sendable {
  /// Words about the place of the cursor.
  struct Remark: Hashable, Sendable {
    let isError: Bool
    let message: String
    /// What to write instead.
    let remedy: String?
  }

  struct Fix: Hashable, Sendable {
    let title: String
    let range: Range<Int>
    let replacement: String
  }

  /// How the call under the cursor is written.
  struct SignatureLine: Hashable, Sendable {
    let text: String
    /// Where each parameter stands in `text`, in UTF-8 offsets.
    let parameters: [Range<Int>]
    /// The current one of them.
    let active: Range<Int>?
    /// What the current parameter means.
    let meaning: String
  }

  /// The colours of the text.
  var runs: [ScreenFrame.Run] = []
  /// Where something is wrong.
  var faults: [Range<Int>] = []
  /// The brackets that belong together at the cursor.
  var brackets: [Range<Int>] = []
  var remark: Remark?
  var fix: Fix?
  var signature: SignatureLine?
}

extension Advice {
  /// What is known of a text, for another one until more is known: places before the first and
  /// after the last character that differ stay with what stands there.
  func carried(from old: EditBuffer, to new: EditBuffer) -> Advice {
    guard old.text != new.text else { return self }
    let change = old.difference(to: new)
    var advice = self
    advice.runs = runs.compactMap { run in
      change.carried(run.range).map { ScreenFrame.Run(range: $0, style: run.style) }
    }
    advice.faults = faults.compactMap(change.carried)
    advice.brackets = brackets.compactMap(change.carried)
    return advice
  }
}

/// The knowledge of the language; the editor itself knows only keys and text.
protocol Advisor: AnyObject {
  /// Gets ready to be asked, so that the first answer comes as fast as the others.
  func prepare()
  func advice(on buffer: EditBuffer) -> Advice
  func completions(in buffer: EditBuffer) -> CompletionList
  /// Whether more text could complete the input, so that Enter goes on to another line.
  func isIncomplete(_ text: String) -> Bool
  /// The help of what the cursor stands on.
  func help(in buffer: EditBuffer) -> String?
}
