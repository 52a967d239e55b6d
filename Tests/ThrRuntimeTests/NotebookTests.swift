import TableIO
import Testing
import ThrModel
import ThrRuntime
import ThrSyntax

@Suite struct NotebookTests {
  // MARK: - What runs again

  @Test func runsOnlyWhatAnEditChanges() {
    let book = Book()
    let text = "a = 1\nb = a + 1\nc = 5\nd = b + c\nd"
    #expect(book.runs(text) == 5)
    #expect(book.runs(text) == 0)
    #expect(book.runs("# moved\n\n" + text + "  # end") == 0)
    #expect(book.runs("a = 1\nb = a + 1\nc = 6\nd = b + c\nd") == 3)
    // Undone: everything is remembered.
    #expect(book.runs(text) == 0)
    // Another way to the same number changes nothing below.
    #expect(book.runs("a = 2 - 1\nb = a + 1\nc = 5\nd = b + c\nd") == 1)
    // But minus zero is not zero.
    #expect(book("z = 0 * 1\nz") != book("z = 0 * -1\nz"))
  }

  @Test func runsWhatCallsAFunctionWhoseWordsOrNamesChange() {
    let book = Book()
    let text = "k = 1\nfn f(x) = x + k\nfn g(x) = f(x) * 2\na = g(3)\nb = k"
    #expect(book(text).last == "b = 1.0 4607182418800017408")
    #expect(book.runs(text.replacing("* 2", with: "* 3")) == 1)
    #expect(book.runs(text.replacing("k = 1", with: "k = 2")) == 3)
    #expect(book.runs(text.replacing("x + k", with: "x + k + 0")) == 1)
  }

  @Test func knowsThatANameWasNotThere() {
    let book = Book()
    #expect(book("x = len([1, 2])").last?.hasPrefix("x = 2.0") == true)
    #expect(book("fn len(a) = 7\nx = len([1, 2])").last?.hasPrefix("x = 7.0") == true)
    #expect(book("x = len([1, 2])\nlen = 3").first?.hasPrefix("x = 2.0") == true)
  }

  @Test func readsFilesAgainOnlyWhenTheyChange() throws {
    let book = Book(files: ["n": "7", "lib.thr": "fn half(x) = x / fetch(\"n\")"])
    let text = "use \"lib.thr\"\na = fetch(\"n\")\nb = half(14)\nc = 1"
    #expect(book.runs(text) == 4)
    #expect(book.runs(text) == 0)
    try book.files.writeFileAtomically("n", Array("14".utf8))
    #expect(book.runs(text) == 2)
    try book.files.writeFileAtomically("lib.thr", Array("fn half(x) = x / 2".utf8))
    #expect(book.runs(text) == 2)
    #expect(book(text)[2].hasPrefix("b = 7.0"))
  }

  @Test func remembersWarningsAndFailures() {
    let book = Book()
    let text = "fn f(x) = warn(\"careful {x}\")\na = f(1)\nb = f(1)\nc = a.z\nd = 2"
    let first = book(text)
    #expect(first[1].contains("careful 1"))
    // Reported once, as in a run.
    #expect(!first[2].contains("careful"))
    #expect(first[3].hasPrefix("failed"))
    #expect(first[4].hasPrefix("d = 2.0"))
    let before = book.notebook.counts.run
    #expect(book(text) == first)
    #expect(book.notebook.counts.run == before)
    // Places move with the text.
    let moved = book.results("\n\n" + text)
    #expect(moved[1].warnings.first?.diagnostic.span.start == 12)
    #expect(moved[3].diagnostics.first?.span.start == text.utf8Offset(of: "z\nd") + 2)
    // Without the line that reported it first, the next one reports it.
    #expect(book(text.replacing("a = f(1)", with: "a = 1"))[2].contains("careful 1"))
  }

  @Test func comparesFunctionsAsARunDoes() {
    let book = Book()
    let text =
      "fn f(x) = x\ng = f\nfn f(x) = x\nh = f\ng == h\nh == f\nif true { fn f(x) = x }\nh == f"
    let first = book(text)
    #expect(book("1\n" + text).dropFirst().map(\.shownOnly) == first.map(\.shownOnly))
    #expect(shown(text) == ["false", "true", "false"])
  }

  @Test func judgesTestRowsOnce() {
    let text =
      "m = fit(data(1).train)\nreport(tune(m, data(1).val), data(1).test)\nreport(m, data(1).test)"
    let book = Book()
    #expect(book(text)[2].contains("already evaluated"))
    #expect(book.runs(text) == 0)
    #expect(book(text)[2].contains("already evaluated"))
    let without = "m = fit(data(1).train)\n\nreport(m, data(1).test)"
    #expect(!book(without)[1].contains("already evaluated"))
  }

  // MARK: - What stands for itself

  @Test func anUnfinishedLineHidesNothingElse() {
    let book = Book()
    let results = book.results("a = 1\nb = (2 +\n\nc = a")
    #expect(results.first?.bound.map(\.name) == ["a"])
    let more = book.results("a = 1\na = = 2\nb = a + 1\nc = 5\nd = len(")
    #expect(
      more.map(\.state) == [
        .done, .skipped(.incomplete), .skipped(.needs("a")), .done, .skipped(.incomplete),
      ])
  }

  @Test func aFailureTakesItsReadersWithIt() {
    let results = Book().results(
      "a = 1\nfor i in [1, 0, 5] { a = a + [3, 4][i] }\nb = a\nc = i\nd = 3\na = 2\na")
    #expect(
      results.map(\.state).dropFirst(2) == [
        .skipped(.needs("a")), .skipped(.needs("i")), .done, .done, .done,
      ])
  }

  @Test func whatAUsedFileWasGoingToBringIsMissing() {
    let results = Book(files: ["bad.thr": "x = 1.z\nk = 2"]).results(
      "use \"bad.thr\"\nk\n1 + 1")
    guard case .failed = results[0].state else {
      Issue.record("\(results[0].state)")
      return
    }
    #expect(results[0].diagnostics.first?.span == Span(0, 13))
    #expect(results[1].state == .skipped(.needs("bad.thr")))
    #expect(results[2].state == .done)
  }

  @Test func aFileOutOfReachTakesOnlyItsReadersWithIt() {
    let text = "k = 1\nuse \"/away/lib.thr\"\nk\na = 1 + 1\na\nif true { use \"/home/b.thr\" }\na"
    let book = Book(files: ["/away/lib.thr": "k = 2", "/home/b.thr": "use \"/away/lib.thr\""])
    let refused = StatementResult.State.skipped(.file("/away/lib.thr"))
    #expect(
      book.results(
        text, below: ["/home"], namesOfUsed: ["/away/lib.thr": ["k"], "/home/b.thr": []]
      )
      .map(\.state) == [.done, refused, .skipped(.needs("k")), .done, .done, refused, .done])
    // Where no one knows what it brings, it may be anything.
    let needs = StatementResult.State.skipped(.needs("/away/lib.thr"))
    #expect(
      book.results(text, below: ["/home"]).map(\.state)
        == [.done, refused] + Array(repeating: needs, count: 5))
  }

  @Test func endsAtTheLimit() {
    let text = "a = f(1)\nb = 2\nfn f(x) = x"
    #expect(Book().results(text, upTo: 8).map(\.state) == [.done])
  }

  // MARK: - What it may not do

  @Test func refusesToAct() {
    let book = Book(files: ["n": "1"])
    let text = "store(\"n\", 5)\na = fetch(\"n\")\nfn f() = store(\"n\", 6)\nb = f()\nc = b"
    #expect(
      book.results(text).map(\.state) == [
        .skipped(.effect(.writesFiles, of: "store")), .done, .done,
        .skipped(.effect(.writesFiles, of: "store")), .skipped(.needs("b")),
      ])
    #expect(book.results(text, mayAct: true).map(\.state) == Array(repeating: .done, count: 5))
    // What acts, acts each time.
    #expect(book.notebook.counts.run > 0)
    #expect(!book.results(text, mayAct: true)[0].wasRemembered)
  }

  @Test func staysWithinItsTime() {
    let book = Book()
    // Memory is that of the process, in which other tests run.
    let budget = Notebook.Budget(seconds: 600, secondsPerStatement: 1, bytes: 1 << 40)
    let text = "a = 1\nfor i in range(1e15) { a = i }\nb = 2\na"
    let results = book.results(text, budget: budget)
    #expect(
      results.map(\.state) == [
        .done, .skipped(.time(seconds: 1)), .done, .skipped(.needs("a")),
      ])
    let before = book.notebook.counts.run
    _ = book.results(text + "\nc = 3", budget: budget)
    // The endless loop is not tried again, and neither is what needs it.
    #expect(book.notebook.counts.run - before <= 2)
    let short = Notebook.Budget(seconds: 0.05, secondsPerStatement: 600, bytes: 1 << 40)
    #expect(
      Book().results(text, budget: short).map(\.state).dropFirst()
        == [.skipped(.noTimeLeft), .done, .skipped(.needs("a"))])
  }

  @Test func staysWithinItsMemory() {
    let budget = Notebook.Budget(seconds: 3_600, secondsPerStatement: 3_600, bytes: 64 << 20)
    // It grows by a kilobyte a turn, so that what measures the memory has time to see it.
    let chunk = String(repeating: "x", count: 1_024)
    let results = Book().results(
      "t = \"\"\nfor i in range(1e15) { t = t + \"\(chunk)\" }\na = 1", budget: budget)
    #expect(results.map(\.state) == [.done, .skipped(.memory(bytes: 64 << 20)), .done])
  }

  @Test func refusesWhatWouldJumpOverItsMemory() {
    let budget = Notebook.Budget(seconds: 3_600, secondsPerStatement: 3_600, bytes: 64 << 20)
    for (start, step) in [("\"a\"", "t + t"), ("[\"a\"]", "[x for x in t + t]")] {
      let results = Book().results(
        "t = \(start)\nfor i in range(29) { t = \(step) }\na = 1", budget: budget)
      let states = results.map(\.state)
      #expect(states == [.done, .skipped(.memory(bytes: 64 << 20)), .done], "\(step)")
    }
  }

  @Test func keepsTheBeginningOfAFlood() {
    let result = Book().results(
      "for i in range(20000) { print(i); i }")[0]
    #expect(result.outputs.count == 201)
    #expect(result.omittedOutputs == 40_000 - 201)
    guard case .shown(let last, _)? = result.outputs.last else {
      Issue.record("no value at the end")
      return
    }
    #expect(last == .number(19_999))
  }

  @Test func interruptsAtOnceAndForgetsNothing() {
    let book = Book()
    let interruption = Interruption()
    var delivered = 0
    let outcome = book.notebook.evaluate(
      parse("a = 1\nb = 2\nfor i in range(1e15) { i + 1 }\nc = 3"),
      permissions: .init(readableFolders: nil), interruption: interruption
    ) { _ in
      delivered += 1
      if delivered == 2 { interruption.raise() }
    }
    #expect(outcome == .cancelled)
    #expect(delivered == 2)
    #expect(book.runs("a = 1\nb = 2") == 0)
  }

  @Test func letsGoOfWhatTakesMuch() {
    let book = Book()
    var budget = Notebook.Budget.ample
    budget.bytesRemembered = 4 << 20
    let text =
      "a = [x + 1 for x in range(300000)]\nb = [x + 2 for x in range(300000)]\nc = sum(a)\nd = 1"
    _ = book.results(text, budget: budget)
    let before = book.notebook.counts.run
    let again = book.results(text, budget: budget)
    #expect(again.map(\.state) == Array(repeating: .done, count: 4))
    // One of the lists was let go and made again, and its readers did not notice.
    #expect(book.notebook.counts.run - before == 1)
  }
}

extension String {
  fileprivate func utf8Offset(of part: String) -> Int {
    range(of: part).map { utf8.distance(from: startIndex, to: $0.lowerBound) } ?? -1
  }

  private func range(of part: String) -> Range<String.Index>? { ranges(of: part).first }

  /// Without the places, which move.
  fileprivate var shownOnly: String { String(prefix { $0 != "t" }) }
}
