/// What a key may complete, beside the text it replaces.
struct CompletionList: Hashable, Sendable {
  struct Item: Hashable, Sendable {
    let label: String
    /// The signature or type, in one line.
    let detail: String
    /// What it is, in one line.
    let summary: String
    let insertion: String

    init(_ label: String, detail: String = "", summary: String = "", insertion: String? = nil) {
      self.label = label
      self.detail = detail
      self.summary = summary
      self.insertion = insertion ?? label
    }
  }

  /// What an item replaces.
  var range: Range<Int>
  /// The best first.
  var items: [Item]

  static let none = CompletionList(range: 0..<0, items: [])

  /// The longest text that every insertion begins with.
  var commonPrefix: String {
    guard let first = items.first?.insertion else { return "" }
    return items.dropFirst().reduce(first) { $0.sharedPrefix(with: $1.insertion) }
  }
}

/// The completions on show, and the one that is chosen.
struct CompletionMenu: Hashable, Sendable {
  /// The text and cursor as they were before one was chosen.
  let original: EditBuffer
  let list: CompletionList
  private(set) var selection: Int?

  init(_ list: CompletionList, in original: EditBuffer) {
    self.list = list
    self.original = original
  }

  /// Chooses the next item, or the one before; after the last comes what was typed.
  mutating func step(_ direction: Int) {
    let count = list.items.count + 1
    let place = ((selection ?? list.items.count) + direction + count) % count
    selection = place == list.items.count ? nil : place
  }

  /// The text with the chosen item in place.
  var result: EditBuffer {
    guard let selection else { return original }
    var buffer = original
    buffer.replace(list.range, with: list.items[selection].insertion)
    return buffer
  }
}

extension String {
  fileprivate func sharedPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
