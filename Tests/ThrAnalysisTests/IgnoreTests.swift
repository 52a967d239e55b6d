import ToyLibrary
import Testing
import ThrAnalysis
import ThrModel
import ThrSyntax

/// Comments that turn warnings off.
@Suite("Ignored warnings") struct IgnoreTests {
  @Test(
    "A warning is turned off by its code or its name, on its line or the one before",
    arguments: [
      ("f1 = 1", ["hides-builtin"]),
      ("f1 = 1  # thr: ignore[W0601]", []),
      ("f1 = 1 # thr:ignore[hides-builtin]", []),
      ("# thr: ignore[W0610, W0601]\nf1 = 1", []),
      ("# thr: ignore[W0601]\n\nf1 = 1", ["hides-builtin"]),
      ("f1 = 1 # thr: ignore[W0602]", ["hides-builtin"]),
      ("f1 = 1 # thr: ignore", ["hides-builtin"]),
      // An error ends the run, with or without the comment.
      ("missing # thr: ignore[E0210]", ["unknown-name"]),
    ])
  func warnings(source: String, kinds: [String]) {
    let document = Document(Source(source), knowing: Library.toy.vocabulary)
    #expect(document.diagnostics.map(\.kind.name) == kinds)
  }
}
