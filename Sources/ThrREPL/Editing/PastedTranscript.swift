/// Text that was copied from a prompt, with what the prompt had written before and between.
enum PastedTranscript {
  private static let label = "thr> "

  /// The inputs alone, where the text begins with a prompt; else the text as it is.
  ///
  /// Lines without a prompt are answers, and are left out.
  static func inputs(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }),
      first.trimmedAtStart.hasPrefix(label)
    else { return text }
    var inputs: [Substring] = []
    var isInput = false
    for line in lines {
      let start = line.trimmedAtStart
      if start.hasPrefix(label) || start == label.dropLast() {
        inputs.append(start.dropFirst(label.count))
        isInput = true
      } else if isInput, let rest = line.afterContinuation {
        inputs.append(rest)
      } else {
        isInput = false
      }
    }
    return inputs.joined(separator: "\n")
  }
}

extension Substring {
  fileprivate var trimmedAtStart: Substring { drop { $0 == " " } }

  /// What stands after `...`; `nil` for other lines.
  fileprivate var afterContinuation: Substring? {
    let start = trimmedAtStart
    guard start.hasPrefix("...") else { return nil }
    let rest = start.dropFirst(3)
    return rest.first == " " ? rest.dropFirst() : rest.isEmpty ? rest : nil
  }
}
