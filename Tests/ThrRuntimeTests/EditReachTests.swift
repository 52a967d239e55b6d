import TableIO
import Testing
import ThrAnalysis
import ThrModel
import ThrRuntime
import ThrSyntax
import ToyLibrary

/// What is said to be unaffected by a change comes to the same when both texts are run.
@Suite struct EditReachTests {
  @Test(arguments: 0..<8)
  func theUnaffectedComesToTheSame(block: UInt64) {
    var kept = 0
    for seed in block * 3..<(block + 1) * 3 {
      var edits = RandomEdits(seed: seed &+ 400)
      let files = MemoryFileSystem(texts: RandomProgram.files)
      for step in 0..<25 {
        let earlier = edits.text
        edits.edit(files)
        let now = edits.text
        let reach = EditReach(from: document(earlier), to: document(now))
        let (old, new) = (results(earlier, files), results(now, files))
        for unaffected in reach.unaffected {
          if unaffected.earlier.start > 0, earlier != now { kept += 1 }
          guard old[unaffected.earlier] == new[unaffected.now] else {
            Issue.record(
              """
              seed \(seed), step \(step), at \(unaffected)
              \(earlier)
              === \(old[unaffected.earlier] ?? "nothing")
              \(now)
              === \(new[unaffected.now] ?? "nothing")
              """)
            return
          }
        }
      }
    }
    #expect(kept > 150)
  }

  private func document(_ text: String) -> Document {
    Document(Source(text), knowing: Library.running.vocabulary)
  }

  /// What each statement shows and binds, by its place.
  private func results(_ text: String, _ files: MemoryFileSystem) -> [Span: String] {
    let book = Book(files: files)
    var results: [Span: String] = [:]
    for result in book.results(text) { results[result.span] = book.values(of: result) }
    return results
  }

  // MARK: - By hand

  @Test(
    arguments: [
      // What mentions a name that the change gives a value, and what mentions that.
      ("a = 1\nb = 2\na + 1\nb + 1", "a = 5\nb = 2\na + 1\nb + 1", ["b = 2", "b + 1"]),
      ("a = 1\nb = a\nb\n3", "a = 2\nb = a\nb\n3", ["3"]),
      // Nothing is affected by a new line or a comment.
      ("a = 1\na", "# new\n\na = 1\na", ["a = 1", "a"]),
      // Functions are known before they are declared, and see names when they are called.
      ("f(1)\n2\nfn f(x) = x", "f(1)\n2\nfn f(x) = x + 1", ["2"]),
      (
        "fn g() = f()\nfn f() = a\na = 1\ng()\n7", "fn g() = f()\nfn f() = a\na = 2\ng()\n7",
        ["fn g() = f()", "fn f() = a", "7"]
      ),
      // What stood before the change has been run before it.
      ("a = 1\na\na = 2\na", "a = 1\na\na = 3\na", ["a = 1", "a"]),
      ("a = 1\nif a > 3 { b = 1 }\nb\n2", "a = 4\nif a > 3 { b = 1 }\nb\n2", ["2"]),
      ("use \"x\"\na\nb", "use \"y\"\na\nb", []),
      ("a = 1\n\"{a}\"\n2", "a = 3\n\"{a}\"\n2", ["2"]),
      // A statement with errors gives its names no value.
      ("a = 1\na\nb", "a = (\na\nb", ["b"]),
      ("a = 1\na = )\na", "a = 1\na = 1 )\na", ["a = 1"]),
    ])
  func reaches(_ earlier: String, _ now: String, _ unaffected: [String]) {
    let text = Source(now)
    #expect(
      EditReach(from: document(earlier), to: document(now)).unaffected.map { text.text($0.now) }
        == unaffected)
  }

  @Test func placesMoveWithTheText() {
    let reach = EditReach(
      from: document("a = 1\nb = 2\nc = 3"), to: document("a = 1\nb = 20\nc = 3"))
    #expect(reach.place(of: Span(0, 1)) == Span(0, 1))
    #expect(reach.place(of: Span(6, 7)) == nil)
    #expect(reach.place(of: Span(12, 13)) == Span(13, 14))
  }
}
