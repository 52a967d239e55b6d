import Testing
import ThrSyntax
import ToyLibrary

@testable import ThrAnalysis
@testable import ThrModel

/// A text with `‸` where the cursor is.
struct Cursor {
  let document: Document
  let offset: Int

  init(_ text: String) {
    let parts = text.split(separator: "‸", maxSplits: 1, omittingEmptySubsequences: false)
    offset = parts[0].utf8.count
    document = Document(
      Source(parts.joined()), knowing: Library.toy.vocabulary,
      following: Interface(["args": .list(.text)]))
  }

  func completions(_ surroundings: Surroundings = .none) -> [String] {
    document.completions(at: offset, in: surroundings).items.map(\.label)
  }
}

@Suite struct CompletionTests {
  @Test(arguments: [
    ("t = tune(scores([0.5], [1]), f1)\nt.‸", ["threshold", "value", "metric"]),
    ("t = tune(scores([0.5], [1]), f1)\nt.th‸", ["threshold"]),
    ("data = synth(10, 0.5)\ndata.‸\nnext = 3", ["rows", "train", "val", "test", "whole"]),
    (
      "data = synth(10, 0.5)\nm = logreg(data.‸\nnext = 3",
      ["train", "val", "test", "whole", "rows"]
    ),
    (
      "data = synth(10, 0.5)\nif true {\n  data.‸\n  x = 1\n}",
      ["rows", "train", "val", "test", "whole"]
    ),
    ("r = {fp: 1, fn: 20}\nr.‸", ["fp", "fn"]),
    ("[x.‸ for x in [{a: 1}]]", ["a"]),
    ("# t.‸", []), ("x = 12‸", []), ("na‸ = 3", []), ("fn na‸", []), ("for x‸", []),
    ("logreg(synth(10, 0.5), class_weight=\"‸\")", ["balanced"]),
    (
      "print(\"{1:‸}\")",
      [".3f", ".2f", ".1f", ".1%", ".0%", ",", ",.2f", ".3g", ".2e", ">8", "<8", "^8"]
    ),
    ("if true { 1 } ‸", ["else"]), ("for x ‸", ["in"]),
  ])
  func exactly(text: String, labels: [String]) {
    #expect(Cursor(text).completions() == labels)
  }

  @Test(arguments: [
    ("s = scores([0.5], [1])\nt = tune(s, ‸\nx = 1\ny = 2", "f1"),
    ("s = scores([0.5], [1])\nt = tune(s, f1, ‸)", "step="),
    ("sc‸", "scores"), ("tune(scores([0.5], [1]), f1, where = prec‸)", "precision"),
    ("logreg(synth(10, 0.5), class_weight=‸)", "\"balanced\""),
    ("synth(‸", "rows="), ("fn double(a, b=1) = a\ndo‸", "double"),
  ])
  func first(text: String, label: String) {
    #expect(Cursor(text).completions().first == label)
  }
}
