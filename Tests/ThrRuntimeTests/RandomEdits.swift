import TableIO
import ThrModel
import ThrSyntax

/// A text under edit.
struct RandomEdits {
  private var random: RandomProgram
  private var lines = ["a = 1", "b = 2", "c = 3", "d = 4", "fn f(x) = x + a", "fn g(x) = x * 2"]
  private var earlier: [[String]] = []

  init(seed: UInt64) { random = RandomProgram(seed: seed &+ 7_000) }

  var text: String { lines.joined(separator: "\n") }

  /// Whether a session would take the text.
  var isSound: Bool { parse(text).diagnostics.isEmpty }

  mutating func edit(_ files: MemoryFileSystem) {
    earlier.append(lines)
    for _ in 0...random.number(3) {
      let place = random.number(lines.count + 1)
      switch random.number(12) {
      case 0...3: lines.insert(statement(), at: place)
      case 4...6 where place < lines.count: lines[place] = statement()
      case 7 where place < lines.count && lines.count > 4: lines.remove(at: place)
      case 8 where place < lines.count: lines.insert(lines[place], at: random.number(lines.count))
      case 9: lines = random.pick(earlier)
      case 10:
        let text = random.pick(["7", "8", "nothing"])
        try? files.writeFileAtomically("n", Array(text.utf8))
      case 11:
        let library = random.pick([
          "fn half(x) = x / 3\nbase = 1", "base = 10\nfn half(x) = x / 2 + base",
        ])
        try? files.writeFileAtomically("lib.thr", Array(library.utf8))
      default: lines.append(statement())
      }
    }
    if lines.count > 30 { lines.removeSubrange(6..<20) }
  }

  private mutating func statement() -> String {
    switch random.number(14) {
    case 0: return random.pick(["a = (", "b = = 1", "c", "fn f(", "use \"lib", "}"])
    case 1: return "m = fit(data(1).train)"
    case 2: return "report(tune(m, data(1).val, at=a), data(1).test)"
    case 3: return random.pick(["report(m, data(1).test)", "a = report(m, data(1).val)"])
    case 4: return "fn add(n) { fn inner(x) = x + n + a; inner }"
    case 5:
      return random.pick(["h = add(b)", "k = h", "h == k", "c = h(2)", "f == h", "[f, h, a]"])
    case 6: return random.pick(["use \"missing.thr\"", "f = 3", "len = 5", "bad = aa", "a = f"])
    default:
      // What writes is refused here and runs in a session.
      while true {
        let statement = random.statement()
        if !statement.contains("store") { return statement }
      }
    }
  }
}
