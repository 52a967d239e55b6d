import Synchronization
import TableIO
import Testing
import ThrLibrary
import ThrModel
import ThrRuntime
import ThrSyntax

/// `scores(read(…), …)` reads the columns that it names, and others when they are asked for.
@Suite struct UnreadColumnsTests {
  private static let text: String = {
    let rows = (0..<40).map { row in
      "\(row % 2 == 0 ? "a" : "b"),\(Double(row) / 40),\(row / 7 % 2),\(row)\n"
    }
    return "site,p,y,amount\n" + rows.joined()
  }()

  /// What a program shows, and how often it opened the file.
  private func run(_ program: String) -> (values: [Value], codes: [String], reads: Int) {
    let reads = Mutex(0)
    let shown = Mutex<[Value]>([])
    let files = ObservedFileSystem(MemoryFileSystem(texts: ["w.csv": Self.text])) { access in
      if access == .read("w.csv") { reads.withLock { $0 += 1 } }
    }
    let context = CallContext(files: files, display: ValueDisplay(Library.standard))
    let session = Session(Library.standard, context: context) { event in
      if case .shown(let value, _) = event { shown.withLock { $0.append(value) } }
    }
    var codes: [String] = []
    if case .failed(let failure) = session.run(parse(Array(program.utf8)), file: "-e") {
      codes = failure.diagnostics.map(\.kind.name)
    }
    return (shown.withLock { $0 }, codes, reads.withLock { $0 })
  }

  private static let start = "s = scores(read(\"w.csv\"), score=\"p\", label=\"y\")\n"

  @Test(arguments: [
    "tune(s, f1).threshold", "tune(s, f1, where = precision >= 40%).threshold", "auc(s)",
    "evaluate(s, at=0.5).f1", "len(roc(s).x)", "s.columns", "tune(s, f1, bootstrap=20).threshold",
  ])
  func readsTwoColumnsOnce(question: String) {
    let run = run(Self.start + question)
    #expect(run.codes == [])
    // Once for the names, once for the two columns.
    #expect(run.reads == 2)
  }

  @Test(arguments: [
    "evaluate(s, at=0.5, by=\"site\")[1].recall", "tune(s, fn[\"amount\"] + flagged).threshold",
    "filter(s, site == \"a\").rows",
  ])
  func readsOthersWhenAsked(question: String) {
    let later = run(Self.start + question)
    let before = run(
      "t = read(\"w.csv\")\ns = scores(t, score=\"p\", label=\"y\")\n" + question)
    #expect(later.codes == [] && later.values == before.values && later.values.count == 1)
    #expect(later.reads == 3 && before.reads == 1)
  }

  @Test func refusesAFileThatChanged() {
    let run = run(
      Self.start + "write(head(read(\"w.csv\"), 7), \"w.csv\")\nevaluate(s, at=0.5, by=\"site\")")
    #expect(run.codes == ["file-failed"])
  }

  @Test func anArgumentThatIsComputedReadsAll() {
    let run = run("k = \"p\"\nscores(read(\"w.csv\"), score=k, label=\"y\").rows")
    #expect(run.values == [.number(40)] && run.reads == 1)
  }
}
