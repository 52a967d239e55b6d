import TerminalOutput
import Testing
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrSyntax

@testable import ThrREPL

/// What the prompt shows is what the analysis says, for the same text and cursor.
@Suite struct AdvisorTests {
  private static let vocabulary = Library.standard.vocabulary
  private static let options = Analysis.Options(isOpenEnded: true)
  private let advisor = CodeAdvisor(vocabulary, options: options, commands: PromptCommand.all)

  /// Texts with `|` where the cursor is.
  static let inputs = [
    "fb|", "tune(m, data.val, f1, st|", "data = synth(100, 0.9)\ndata.|", "x = 1 < 2 < 3|",
    "a = [1, 2\n|", "tune(stpe=|", "# note\nx = \"{1:.2|f}\"", "logreg(synth(100, 0.9).train)|",
    "fn odds(p) = p / (1 - p)\nodds(|0.2)", "é中 = 3; é|", "read(\"a|", "1 +|", "unknown|",
  ]

  @Test(arguments: inputs) func completesAsTheAnalysisDoes(input: String) {
    let buffer = EditBuffer(marked: input)
    let expected = document(of: buffer.text).completions(at: buffer.cursor)
    let shown = advisor.completions(in: buffer)
    #expect(shown.items.map(\.label) == expected.items.map(\.label))
    #expect(shown.items.map(\.insertion) == expected.items.map(\.insertion))
    #expect(shown.items.map(\.detail) == expected.items.map(\.detail))
    #expect(shown.range == expected.span.start..<expected.span.end)
  }

  @Test(arguments: inputs) func remarksAsTheAnalysisDoes(input: String) {
    let buffer = EditBuffer(marked: input)
    let document = document(of: buffer.text)
    let expected = document.nearest(
      of: document.diagnosticsWorthSaying(whileTypingAt: buffer.cursor), to: buffer.cursor)
    let advice = advisor.advice(on: buffer)
    #expect(advice.remark?.message == expected?.message)
    #expect(advice.fix?.replacement == expected?.fixes.first?.replacement)
    #expect(
      advice.signature?.text
        == document.signatureHelp(at: buffer.cursor).map { $0.forms[$0.activeForm].label })
  }

  @Test(arguments: inputs) func coloursAsTheAnalysisDoes(input: String) {
    let buffer = EditBuffer(marked: input)
    let covered = Set(advisor.advice(on: buffer).runs.flatMap { Array($0.range) })
    for colour in document(of: buffer.text).colours {
      #expect(covered.isSuperset(of: colour.span.start..<colour.span.end))
    }
  }

  private static let columnInputs: [(String, String?)] = [
    ("filter(tab, clas == |1)", "did you mean `class`?"), ("filter(tab, class == 1)|", nil),
    ("filter(tab, zzz == 1)|", "the columns are `class`, `size`"),
    ("fn f(tab) = filter(tab, clas == 1)|", nil), ("filter(other, clas == 1)|", nil),
    ("tab = other\nfilter(tab, clas == 1)|", nil), ("filter(tab, clas|)", nil),
  ]

  /// A table whose columns the session knows; the input itself may give the name another one.
  @Test(arguments: columnInputs)
  func remarksOnColumnsOfPresentTables(input: String, remedy: String?) {
    advisor.following = Interface(["tab": .object("table"), "other": .object("table")])
    advisor.surroundings = Surroundings(value: {
      $0 == "tab"
        ? Surroundings.KnownValue(type: .object("table"), columns: ["class", "size"]) : nil
    })
    #expect(advisor.advice(on: EditBuffer(marked: input)).remark?.remedy == remedy)
  }

  private static let unfinished: [(String, String?)] = [
    ("x|", nil), ("x |", "`x` is not defined"), ("1 + qzq|", "`qzq` is not defined"),
    ("abs(0.|", nil),
    ("0.| + 1", nil), ("0. |", "`0.` has no digit after the decimal point"),
  ]

  /// What the next key may put right is not wrong yet.
  @Test(arguments: unfinished)
  func waitsForTheNextKey(input: String, message: String?) {
    #expect(advisor.advice(on: EditBuffer(marked: input)).remark?.message == message)
  }

  private static let functions: [(String, String?, String?)] = [
    ("fn f(x) = |x + boo", "`boo` is not defined yet", "define it before the function is called"),
    ("fn f(x) = 1 + meen(|x)", "`meen` is not defined yet", "did you mean `mean`?"),
    ("fn f(x) = g(|x)\nfn g(x) = 1", nil, nil), ("fn f(x) = |x + known", nil, nil),
  ]

  /// What only a later input can bring is a warning where the function is declared.
  @Test(arguments: functions)
  func remarksOnWhatAFunctionLacks(input: String, message: String?, remedy: String?) {
    advisor.following = Interface(["known": .number])
    let remark = advisor.advice(on: EditBuffer(marked: input)).remark
    #expect(remark?.message == message && remark?.remedy == remedy && remark?.isError != true)
  }

  @Test func knowsAfterEveryKeyWhatIsKnownOfTheTextByItself() {
    let text = "d = synth(9)\nlogreg(d.trian)"
    for end in text.indices {
      let buffer = EditBuffer(String(text[...end]))
      let fresh = CodeAdvisor(Self.vocabulary, options: Self.options, commands: PromptCommand.all)
      #expect(advisor.advice(on: buffer) == fresh.advice(on: buffer))
    }
  }

  /// Texts before and after a key, with `[` and `]` around what is carried from the one to the other.
  @Test(arguments: [
    ("ab[cd]ef", "abX[cd]ef"), ("ab[cd]ef", "ab[cXd]ef"), ("ab[cd]", "ab[cdX]"),
    ("ab[cd]ef", "a[cd]ef"), ("ab[cd]ef", "ab[c]ef"), ("ab[cd]ef", "ab[cd]eXf"),
    ("[ab]cde", "[abX]e"), ("[é]中", "[é]"),
  ])
  func carriesWhatIsKnownToTheNextText(before: String, after: String) {
    let (old, part) = Self.unmarked(before)
    let (new, expected) = Self.unmarked(after)
    #expect(EditBuffer(old).difference(to: EditBuffer(new)).carried(part) == expected)
  }

  private static func unmarked(_ text: String) -> (String, Range<Int>) {
    let parts = text.split(separator: "[", omittingEmptySubsequences: false)
    let rest = parts[1].split(separator: "]", omittingEmptySubsequences: false)
    let start = parts[0].utf8.count
    return (parts[0] + rest.joined(), start..<(start + rest[0].utf8.count))
  }

  @Test(arguments: [
    ("t = read(\"sco|", nil), ("t = read(\"|", nil), ("print(\"{f1|", nil),
    ("t = |read(\"sco", "the text is not closed at the end of its line"),
    ("t = read(\"sco\nlen(t)|", nil),
    ("len([\"a\", \"b]) |", nil), ("len(\"a) + frobnicate|", nil),
  ])
  func aTextIsNotFaultyWhileItIsTyped(input: String, message: String?) {
    #expect(advisor.advice(on: EditBuffer(marked: input)).remark?.message == message)
  }

  @Test(arguments: [
    ("filter(read(\"a.csv\"), |)", ["age", "column(\"Age (years)\")"]),
    ("filter(read(\"a.csv\"), Ag|)", ["column(\"Age (years)\")", "age"]),
    ("filter(read(\"a.csv\"), column(\"|\") > 3)", ["age", "Age (years)"]),
    ("t = read(\"a.csv\")\nfilter(t, age > 1 and 3 < column(\"A|\"))", ["Age (years)", "age"]),
  ])
  func columnsOfAnyNameAreOfferedForRows(input: String, insertions: [String]) {
    let buffer = EditBuffer(marked: input)
    let surroundings = Surroundings(
      entries: { _ in nil }, columns: { $0 == "a.csv" ? ["age", "Age (years)"] : nil },
      value: { _ in nil })
    let items = document(of: buffer.text).completions(at: buffer.cursor, in: surroundings).items
    #expect(items.filter { $0.kind == .column }.map(\.insertion) == insertions)
  }

  @Test func aFunctionHasAColour() {
    let runs = advisor.advice(on: EditBuffer("x = synth(1000, 0.9")).runs
    #expect(runs.first { $0.range == 4..<9 }?.style == TextStyle(.function))
  }

  @Test func whatContinuesTheLastValueIsSeenAfterIt() {
    let last = Interface(["_": .list(.number)])
    advisor.following = last
    let buffer = EditBuffer("|> su")
    let document = Document(
      Source("_ |> su"), knowing: Self.vocabulary, following: last, options: Self.options)
    #expect(
      advisor.completions(in: buffer).items.map(\.label)
        == document.completions(at: 7).items.map(\.label))
    #expect(advisor.completions(in: buffer).range == 3..<5)
  }

  @Test(arguments: [
    (".he|", ".help [NAME|shortcuts]"), (".sa|", ".save FILE"), (".keys v|", "vi"),
    ("?fbe|", "fbeta"),
  ])
  func completesCommands(input: String, label: String) {
    let items = advisor.completions(in: EditBuffer(marked: input))
    #expect(items.items.map(\.label).contains(label))
  }

  /// What begins the menu: rows for what is done with them, metrics that can be the best alone and
  /// are best known, members of the type that is asked for.
  @Test(arguments: [
    ("data = synth(100, 0.9)\ntune(logreg(data.train), data.|", ["val", "train"]),
    ("data = synth(100, 0.9)\nlogreg(data.|", ["train", "cal"]),
    ("data = synth(100, 0.9)\nroc(logreg(data.train), data.|", ["val", "test"]),
    ("data = synth(100, 0.9)\ndata.|", ["rows", "features"]),
    ("tune(scores([1], [1]), |", ["f1", "recall", "precision"]),
  ])
  func listsWhatSuitsFirst(input: String, labels: [String]) {
    let items = advisor.completions(in: EditBuffer(marked: input)).items
    #expect(Array(items.prefix(labels.count).map(\.label)) == labels)
  }

  @Test func listsWhatCannotBeTheBestAloneLater() {
    let labels = advisor.completions(in: EditBuffer("tune(scores([1], [1]), ")).items.map(\.label)
    let (tp, dor) = (labels.firstIndex(of: "tp"), labels.firstIndex(of: "dor"))
    #expect(tp != nil && dor != nil && tp! > dor!)
  }

  private func document(of text: String) -> Document {
    Document(Source(text), knowing: Self.vocabulary, options: Self.options)
  }
}
