import ThrSyntax

/// Something that could be written, before it is held against what is written already.
struct Candidate {
  /// How well it suits the place, the best first.
  enum Rank: Int, Comparable {
    /// Just what is asked for there.
    case wanted
    case required, optional, suitable, possible, unlikely

    static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  var label: String
  var kind: Completions.Kind
  var rank: Rank
  /// Among candidates of one rank; equal ones stand in the order of the alphabet.
  var order = 0
  var detail = ""
  var summary = ""
  var insertion: String
  var snippet: Snippet?
  var subject = Completions.Subject.nothing

  init(_ label: String, _ kind: Completions.Kind, _ rank: Rank, insertion: String? = nil) {
    self.label = label
    self.kind = kind
    self.rank = rank
    self.insertion = insertion ?? label
  }
}

extension Completions {
  /// The candidates that go on from what is written, the likeliest first.
  init(_ candidates: [Candidate], matching written: String, replacing span: Span) {
    // Candidates are large: what orders them is sorted instead, with their places.
    var matches: [CandidateOrder] = []
    matches.reserveCapacity(candidates.count)
    for place in candidates.indices {
      guard let match = WordMatch(candidates[place].label, written) else { continue }
      matches.append(
        CandidateOrder(
          match: match, rank: candidates[place].rank, order: candidates[place].order,
          label: candidates[place].label, place: place))
    }
    matches.sort()
    var met: Set<String> = []
    met.reserveCapacity(matches.count)
    let unique = matches.filter { met.insert($0.label).inserted }
    self.init(
      span: span,
      items: unique.enumerated().map { index, element in
        let isFirst = index == 0 && !written.isEmpty && element.match <= .beginsFolded
        return Item(candidates[element.place], at: index, isPreselected: isFirst)
      })
  }
}

/// The sort key of a candidate.
private struct CandidateOrder: Comparable {
  let match: WordMatch
  let rank: Candidate.Rank
  let order: Int
  let label: String
  /// Where the candidate stands among all.
  let place: Int

  static func < (left: CandidateOrder, right: CandidateOrder) -> Bool {
    if left.match != right.match { return left.match < right.match }
    if left.rank != right.rank { return left.rank < right.rank }
    if left.order != right.order { return left.order < right.order }
    return left.label == right.label ? left.place < right.place : left.label < right.label
  }
}

extension Completions.Item {
  fileprivate init(_ candidate: Candidate, at index: Int, isPreselected: Bool) {
    let digits = String(index)
    self.init(
      label: candidate.label, kind: candidate.kind, detail: candidate.detail,
      summary: candidate.summary, insertion: candidate.insertion, snippet: candidate.snippet,
      sortKey: String(repeating: "0", count: max(0, 5 - digits.count)) + digits,
      isPreselected: isPreselected, subject: candidate.subject)
  }
}

/// How a word goes on from what is written, the closest first.
enum WordMatch: Int, Comparable {
  case begins
  /// Equal except for upper and lower case.
  case beginsFolded
  /// A later part of the word begins so, `flag_rate` with `ra`.
  case partBegins
  /// The letters stand in it in this order.
  case scattered

  static func < (left: WordMatch, right: WordMatch) -> Bool { left.rawValue < right.rawValue }

  init?(_ word: String, _ written: String) {
    if word.hasPrefix(written) { self = .begins; return }
    let word = word.lowercased()
    let written = written.lowercased()
    if word.hasPrefix(written) {
      self = .beginsFolded
    } else if word.split(whereSeparator: { $0 == "_" || $0 == "." || $0 == "-" })
      .contains(where: { $0.hasPrefix(written) })
    {
      self = .partBegins
    } else if written.count > 1, word.first == written.first, Self.scatters(written, in: word) {
      self = .scattered
    } else {
      return nil
    }
  }

  private static func scatters(_ written: String, in word: String) -> Bool {
    var rest = Substring(word)
    for letter in written {
      guard let place = rest.firstIndex(of: letter) else { return false }
      rest = rest[rest.index(after: place)...]
    }
    return true
  }
}
