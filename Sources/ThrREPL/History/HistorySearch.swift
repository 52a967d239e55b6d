import LibEdit

/// Ctrl-R: looks for entries that contain what is typed, the newest first.
struct HistorySearch: Sendable {
  enum Reaction: Hashable, Sendable {
    case goOn
    /// Back to the input as it was.
    case giveUp
    /// The match becomes the input.
    case accept
    /// The same, and the key does there what it does.
    case acceptAndUse
    case submit
  }

  private let history: History
  private(set) var query = ""
  /// The entry that is shown.
  private var place: Int?
  /// Entries shown before, the way back.
  private var path: [Int] = []
  /// Whether nothing (more) was found.
  private(set) var hasFailed = false

  init(_ history: History) { self.history = history }

  var match: String? { place.map { history[$0] } }

  /// Where the words of the query stand in the match, in UTF-8 offsets.
  var found: [Range<Int>] {
    guard let match, !query.isEmpty else { return [] }
    return Self.places(of: words, in: match, ignoringCase: ignoresCase) ?? []
  }

  mutating func take(_ press: KeyPress) -> Reaction {
    switch press {
    case .character("\r"), .character("\n"): return match == nil ? .giveUp : .submit
    case .character("\u{12}"), .key(.up): older()
    case .character("\u{13}"), .key(.down): newer()
    case .character("\u{7}"), .character("\u{3}"): return .giveUp
    case .character("\u{1B}"), .character("\t"): return match == nil ? .giveUp : .accept
    case .character("\u{7F}"), .character("\u{8}"):
      if !query.isEmpty { query.removeLast() }
      restart()
    case .character("\u{15}"):
      query = ""
      restart()
    case .character(let scalar) where scalar.value >= 0x20:
      query.unicodeScalars.append(scalar)
      restart()
    case .paste(let text):
      query += text.split(separator: "\n").joined(separator: " ")
      restart()
    default: return match == nil ? .giveUp : .acceptAndUse
    }
    return .goOn
  }

  private var words: [String] { query.split(separator: " ").map(String.init) }

  /// Small letters find capitals too, unless there is a capital among them.
  private var ignoresCase: Bool { !query.contains(where: \.isUppercase) }

  private mutating func restart() {
    place = nil
    path = []
    hasFailed = false
    if !query.isEmpty { older() }
  }

  private mutating func older() {
    let shown = Set((path + [place].compactMap { $0 }).map { history[$0] })
    let (words, ignoresCase) = (words, ignoresCase)
    let next = history.last(before: place ?? history.count) { entry in
      !shown.contains(entry) && Self.places(of: words, in: entry, ignoringCase: ignoresCase) != nil
    }
    hasFailed = next == nil
    guard let next else { return }
    if let place { path.append(place) }
    place = next
  }

  private mutating func newer() {
    hasFailed = path.isEmpty
    if let last = path.popLast() { place = last }
  }

  /// Where each of the words stands, in order of place; `nil` unless all do.
  private static func places(
    of words: [String], in entry: String, ignoringCase: Bool
  ) -> [Range<Int>]? {
    let bytes = Array(entry.utf8).map { ignoringCase ? $0.lowercased : $0 }
    var places: [Range<Int>] = []
    for word in words {
      guard let place = bytes.place(of: Array(word.utf8)) else { return nil }
      places.append(place)
    }
    return places.sorted { $0.lowerBound < $1.lowerBound }
  }
}

extension UInt8 {
  /// A capital of ASCII as a small letter; the others are compared as they are.
  fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }
}

extension [UInt8] {
  /// The last place of the other bytes in these.
  fileprivate func place(of other: [UInt8]) -> Range<Int>? {
    guard !other.isEmpty, other.count <= count else { return nil }
    let last = count - other.count
    return (0...last).reversed().first { self[$0..<($0 + other.count)].elementsEqual(other) }
      .map { $0..<($0 + other.count) }
  }
}
