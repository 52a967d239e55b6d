@preconcurrency import Glibc
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrSyntax

/// How long an editor waits: for a text opened, a key, and every question, at random places.
///
///     analysis-bench [LINES …]
enum AnalysisBench {
  private static let turns = 300

  static func run() {
    let lengths = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    print("milliseconds                 p50      p95      max")
    for length in lengths.isEmpty ? [50, 1_000, 20_000] : lengths { measure(lines: length) }
  }

  private static func measure(lines: Int) {
    let text = Program.text(lines: lines)
    let vocabulary = Library.standard.vocabulary
    print("\(lines) lines, \(text.utf8.count) bytes")
    let turns = lines > 5_000 ? 30 : turns
    report("  open", turns) { _ in
      _ = Document(Source(text), knowing: vocabulary)
    }
    let document = Document(Source(text), knowing: vocabulary)
    var generator = Numbers()
    report("  key", turns) { _ in
      let place = generator.next(below: document.source.bytes.count)
      var edited = document
      edited.edit(Span(place, place), with: [UInt8(ascii: "x")])
    }
    for (name, ask) in questions {
      report("  " + name, turns) { _ in
        ask(document, generator.next(below: document.source.bytes.count))
      }
    }
  }

  private static let questions: [(String, @Sendable (Document, Int) -> Void)] = [
    ("completions", { _ = $0.completions(at: $1) }),
    ("hover", { _ = $0.hover(at: $1) }),
    ("signature help", { _ = $0.signatureHelp(at: $1) }),
    ("definition", { _ = $0.definition(at: $1) }),
    ("references", { _ = $0.references(at: $1, includingDeclaration: true) }),
    ("highlights", { _ = $0.highlights(at: $1) }),
    ("rename", { _ = $0.rename(at: $1, to: "another") }),
    ("symbols", { document, _ in _ = document.symbols }),
    ("colours", { document, _ in _ = document.colours }),
    ("foldings", { document, _ in _ = document.foldings }),
    ("selections", { _ = $0.selections(at: $1) }),
    ("fixes", { _ = $0.fixes(in: Span($1, $1 + 100)) }),
    ("matching bracket", { _ = $0.matchingBracket(at: $1) }),
    ("hints", { document, _ in _ = document.hints }),
  ]

  private static func report(_ name: String, _ turns: Int, _ body: (Int) -> Void) {
    let times = (0..<turns).map { turn in
      let start = processorSeconds
      body(turn)
      return (processorSeconds - start) * 1000
    }.sorted()
    let shown = [times[turns / 2], times[turns * 95 / 100], times[turns - 1]].map(text)
    let gap = String(repeating: " ", count: max(0, 20 - name.utf8.count))
    print(name + gap + shown.joined())
    fflush(stdout)
  }

  /// The processor time of this thread, regardless of other work.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func text(_ milliseconds: Double) -> String {
    let rounded = (milliseconds * 1000).rounded() / 1000
    let text = "\(rounded)"
    return String(repeating: " ", count: max(1, 9 - text.utf8.count)) + text
  }
}

/// Random numbers, the same in every run.
struct Numbers {
  private var state: UInt64 = 88_172_645_463_325_252

  mutating func next(below limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(limit, 1)))
  }
}
