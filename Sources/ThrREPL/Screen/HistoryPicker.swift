import Drawing
import ThrModel

/// The state of the history search on the whole screen: the inputs that hold the words of a query,
/// the newest first, and all of the chosen one.
struct HistoryPicker: ScreenProgram {
  private let entries: History
  private(set) var query: String
  /// The places of the matches in the history, the newest first, each text once.
  private(set) var matches: [Int] = []
  private(set) var selection = 0

  /// More matches than anybody looks through.
  private static let mostMatches = 1_000
  /// How much of the screen the preview may take.
  private static let previewShare = 3

  init(_ entries: History, query: String) {
    self.entries = entries
    self.query = query
    search()
  }

  /// The chosen input; `nil` where nothing was found.
  var choice: String? { matches.indices.contains(selection) ? entries[matches[selection]] : nil }

  func statement(naming name: (Value) -> String?) -> String? { choice }

  // MARK: - Keys

  mutating func take(_ key: ScreenKey, on surface: Surface) -> ScreenReaction {
    let page = max(listed(on: surface) - 1, 1)
    switch key {
    case .character(let character):
      query.append(character)
      search()
    case .backspace:
      if !query.isEmpty { query.removeLast() }
      search()
    case .up: selection -= 1
    case .down: selection += 1
    case .pageUp: selection -= page
    case .pageDown: selection += page
    case .home: selection = 0
    case .end: selection = matches.count
    case .mouse(_, let row): if row > 0, row <= listed(on: surface) { select(row - 1, surface) }
    case .enter, .tab: return choice == nil ? .leave : .accept
    case .escape: return .leave
    default: break
    }
    selection = min(max(selection, 0), max(matches.count - 1, 0))
    return .goOn
  }

  private mutating func select(_ line: Int, _ surface: Surface) {
    selection = first(on: surface) + line
  }

  private mutating func search() {
    let words = query.split(separator: " ").map { $0.lowercased() }
    // Small letters find capitals too, unless there is a capital among them.
    let isExact = query.contains(where: \.isUppercase)
    let wanted = isExact ? query.split(separator: " ").map(String.init) : words
    var seen: Set<String> = []
    var place = entries.count
    matches = []
    selection = 0
    while matches.count < Self.mostMatches,
      let next = entries.last(
        before: place,
        where: { entry in
          let text = isExact ? entry : entry.lowercased()
          return wanted.allSatisfy { text.contains($0) }
        })
    {
      if seen.insert(entries[next]).inserted { matches.append(next) }
      place = next
    }
  }

  // MARK: - Lines

  private func listed(on surface: Surface) -> Int {
    let height = surface.height ?? 24
    return max(height - 3 - height / Self.previewShare, 1)
  }

  /// The match that is listed first: the chosen one stays in sight.
  private func first(on surface: Surface) -> Int { max(selection - listed(on: surface) + 1, 0) }

  func lines(on surface: Surface) -> [String] {
    let height = surface.height ?? 24
    let first = first(on: surface)
    let last = min(first + listed(on: surface), matches.count)
    var lines = [
      surface.bold(cut("history: \(query)" + (surface.style == .ascii ? "_" : "▏"), surface))
    ]
    lines += (first..<max(last, first)).map { place in
      let entry = entries[matches[place]].replacing("\n", with: " ")
      let line = cut((place == selection ? "> " : "  ") + entry, surface)
      return place == selection ? surface.bold(line) : line
    }
    if matches.isEmpty { lines.append(surface.faint(cut("  nothing holds these words", surface))) }
    lines += Array(repeating: "", count: max(listed(on: surface) + 1 - lines.count, 0))
    let rule = surface.style == .ascii ? "-" : "─"
    lines.append(surface.faint(String(repeating: rule, count: surface.width)))
    let preview = (choice ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    lines += preview.prefix(max(height - lines.count - 1, 0)).map { cut(String($0), surface) }
    lines += Array(repeating: "", count: max(height - 1 - lines.count, 0))
    let keys = "type to search   Up Down choose   Enter edits   Escape leaves"
    return Array((lines + [surface.faint(cut(keys, surface))]).suffix(height))
  }

  private func cut(_ text: String, _ surface: Surface) -> String {
    ScreenRow(text).cut(to: surface.width).map(\.text).joined()
  }
}
