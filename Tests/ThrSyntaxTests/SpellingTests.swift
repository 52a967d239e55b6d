import Testing
import ThrSyntax

@Suite struct SpellingTests {
  @Test(arguments: [
    ("stpe", "step"), ("presicion", "precision"), ("flagRate", "flag_rate"), ("F1", "f1"),
    ("thresh", "threshold"), ("recal", "recall"), ("fp1", "f1"), ("tq", nil), ("", nil),
    ("xyzzy", nil), ("recall", nil), ("pre", "precision"), ("r", nil),
  ])
  func offersTheNearest(_ word: String, _ expected: String?) {
    let known = ["step", "precision", "flag_rate", "f1", "threshold", "recall", "tp", "fp"]
    #expect(Spelling.nearest(to: word, among: known) == expected)
  }

  @Test func breaksTiesByAlphabet() {
    #expect(Spelling.nearest(to: "trai", among: ["trap", "tram", "traj"]) == "traj")
    #expect(Spelling.nearest(to: "val", among: ["vat", "van"]) == "van")
  }

  @Test func leavesVeryLongWordsAlone() {
    let long = String(repeating: "a", count: 100_000)
    #expect(Spelling.nearest(to: long, among: [long + "b"]) == nil)
  }

  @Test func readsLettersThatLookLatin() {
    #expect(Spelling.inLatin("\u{430}ge") == "age")
    #expect(Spelling.inLatin("\u{3BF}\u{3BD}er") == "over")
    #expect(Spelling.inLatin("age") == nil)
    #expect(Spelling.inLatin("größe") == nil)
  }

  @Test func namesTheFolderThatAllStartIn() {
    #expect(SourcePath.resolve(".", in: "") == ".")
    #expect(SourcePath.resolve("..", in: "a") == ".")
    #expect(SourcePath.resolve("b.thr", in: ".") == "b.thr")
    #expect(SourcePath.resolve("", in: "") == "")
    #expect(SourcePath.relative("a/b.thr", from: ".", workingFolder: nil) == "a/b.thr")
  }
}
