/// The texts that were cut last, to be put back.
struct KillRing: Sendable {
  enum Direction: Sendable {
    case forward
    case backward
  }

  private static let limit = 32

  private var texts: [String] = []
  private var position = 0

  /// Keeps a text; one that was cut right after another, `joining` it, becomes one with it.
  mutating func keep(_ text: String, _ direction: Direction, joining: Bool) {
    guard !text.isEmpty else { return }
    if joining, let last = texts.popLast() {
      texts.append(direction == .forward ? last + text : text + last)
    } else {
      texts.append(text)
      if texts.count > Self.limit { texts.removeFirst() }
    }
    position = texts.count - 1
  }

  /// The text that was cut last.
  var latest: String? { texts.last }

  /// The text that was cut before the one given last; after the oldest comes the newest.
  mutating func earlier() -> String? {
    guard !texts.isEmpty else { return nil }
    position = position > 0 ? position - 1 : texts.count - 1
    return texts[position]
  }

  /// Begins again with the latest.
  mutating func rewind() { position = texts.count - 1 }
}
