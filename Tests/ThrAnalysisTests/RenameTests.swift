import Testing
import ThrAnalysis
import ThrModel
import ThrSyntax
import ToyLibrary

@Suite("Renaming") struct RenameTests {
  @Test(
    "What is no name is not taken for one that is in use",
    arguments: [" z", "z ", "z\n", "\tz", "z # note", "", " ", " if", "a.b", "é z"])
  func notNames(text: String) {
    let document = Document(Source("x = 1\nx"), knowing: Library.toy.vocabulary)
    #expect(document.rename(at: 0, to: text) == .failure(.notAName(text)))
  }
}
