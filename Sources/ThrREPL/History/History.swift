/// What was entered before, whole inputs each, the oldest first.
struct History: Sendable {
  /// The entries of earlier sessions and of others that run now.
  private var others: [String] = []
  /// The entries of this session; the first that Up reaches.
  private var own: [String] = []

  init(_ entries: [String] = []) { others = entries }

  var count: Int { others.count + own.count }

  subscript(position: Int) -> String {
    position < others.count ? others[position] : own[position - others.count]
  }

  /// Adds an entry of this session; one that repeats the last is left out.
  mutating func add(_ entry: String) {
    if own.last != entry { own.append(entry) }
  }

  /// Adds what other sessions entered meanwhile.
  mutating func merge(_ entries: [String]) { others += entries }

  /// Adds entries that are older than all others.
  mutating func prepend(_ entries: [String]) { others = entries + others }

  /// Takes the entries of a file that was written again; this session's own stay.
  mutating func replaceOthers(_ entries: [String]) { others = entries }

  /// The newest entry before `position` that fulfils the condition.
  func last(before position: Int, where isWanted: (String) -> Bool) -> Int? {
    var place = min(position, count)
    while place > 0 {
      place -= 1
      if isWanted(self[place]) { return place }
    }
    return nil
  }

  /// The oldest entry after `position` that fulfils the condition.
  func first(after position: Int, where isWanted: (String) -> Bool) -> Int? {
    var place = position + 1
    while place < count {
      if isWanted(self[place]) { return place }
      place += 1
    }
    return nil
  }

  /// What the newest entry that begins with the text goes on with.
  func suggestion(for text: String) -> String? {
    // A single letter begins too much to be a hint.
    guard text.utf8.count >= 2 else { return nil }
    let place = last(before: count) {
      $0.utf8.count > text.utf8.count && $0.beginsExactly(with: text)
    }
    return place.map { String(decoding: self[$0].utf8.dropFirst(text.utf8.count), as: UTF8.self) }
  }
}

extension String {
  /// Whether the text's bytes come first; `hasPrefix` would normalise both, and be slow.
  func beginsExactly(with text: String) -> Bool { utf8.starts(with: text.utf8) }
}

/// A walk through the entries that begin alike.
struct HistoryWalk: Sendable {
  /// What was there before the walk.
  let original: EditBuffer
  private let prefix: String
  private var path: [Int] = []

  init(from buffer: EditBuffer) {
    original = buffer
    prefix = String(buffer.beforeCursor)
  }

  /// The next older entry that was not met yet; `nil` where there is none.
  mutating func older(in history: History) -> EditBuffer? {
    let met = Set(path.map { history[$0] } + [original.text])
    let place = history.last(before: path.last ?? history.count) {
      $0.beginsExactly(with: prefix) && !met.contains($0)
    }
    guard let place else { return nil }
    path.append(place)
    return EditBuffer(history[place])
  }

  /// So many older entries have come before those that were met.
  mutating func shift(by count: Int) { path = path.map { $0 + count } }

  /// One entry back towards the original text; `nil` where that is on show.
  mutating func newer(in history: History) -> EditBuffer? {
    guard path.popLast() != nil else { return nil }
    return path.last.map { EditBuffer(history[$0]) } ?? original
  }
}
