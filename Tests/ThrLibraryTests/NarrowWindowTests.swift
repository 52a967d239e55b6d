import Testing
import ThrModel

/// What a prompt shows in a narrow window: no line is wider, so that none is torn.
@Suite struct NarrowWindowTests {
  private static let program = """
    data = synth(1000, 0.9)
    m = logreg(data.train)
    s = scores(m, data.val)
    evaluate(s, at=0.5)
    tune(s, f1)
    tune(s, recall, where = precision >= 60%)
    """

  @Test(arguments: [40, 60, 80]) func linesFit(width: Int) {
    let run = LibraryRun(Self.program)
    #expect(run.codes.isEmpty && run.values.count == 3)
    for value in run.values {
      let text = run.display.full(value, on: Surface(width: width, height: 24))
      for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    }
  }

  /// Every name and figure is there all the same.
  @Test func nothingIsLeftOut() {
    let run = LibraryRun(Self.program)
    let evaluation = run.values[0]
    func words(_ width: Int) -> Set<Substring> {
      let text = run.display.full(evaluation, on: Surface(width: width, height: 24))
      return Set(text.split { $0 == " " || $0 == "\n" })
        .filter { !$0.hasPrefix("─") }
    }
    #expect(words(40) == words(120))
  }
}
