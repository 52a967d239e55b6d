import Foundation
import Testing
import ThrAnalysis
import ThrLibrary
import ThrModel
import ThrSyntax

/// What is said to people who write what they know from other tools.
@Suite struct RemedyTests {
  @Test(arguments: [
    ("read_csv(\"a.csv\")", "thr writes `read`"), ("roc_auc_score([1], [1])", "thr writes `auc`"),
    ("tune(scores([1], [1]), f1_score)", "thr writes `f1`"), ("roc_curve(1)", "thr writes `roc`"),
    ("LogisticRegression()", "thr writes `logreg`"), ("x = null", "thr writes `none`"),
    ("quit()", "thr writes `exit`"), ("stopifnot(1 < 2)", "thr writes `assert`"),
    ("xs = append([1], 2)", "`list + [value]`"), ("x = inf", "`number(\"inf\")`"),
    ("tune(scores([1], [1]), f2)", "thr writes `fbeta(2)`"),
    ("tune(scores([1], [1]), f05)", "thr writes `fbeta(0.5)`"),
    ("tune(scores([1], [1]), f0_5)", "thr writes `fbeta(0.5)`"),
    ("tune(scores([1], [1]), F2_score)", "thr writes `fbeta(2)`"),
    ("histogram([1])", "`distribution(scores)`"), ("x1 = f2x", "assign it first: `f2x = …`"),
    ("frobnicate([1])", "declare it first: `fn frobnicate(…) = …`"),
    ("[1] |> frobnicate", "declare it first: `fn frobnicate(…) = …`"),
    ("print(frobnicate)", "assign it first: `frobnicate = …`"),
    ("x = if == 1", "`column(\"if\")`"), ("x = in > 3", "`column(\"in\")`"),
    ("sd([1, 2])", "thr writes `std`"), ("fail(\"no\")", "`assert(false, \"message\")`"),
    ("dir()", "`thr help`"), ("library(pROC)", "already"),
    ("roc([0, 1], [0.1, 0.9])", "convert it with `scores(…)`"),
    ("tune(read(\"a.csv\"), f1)", "convert it with `scores(…)`"),
    ("roc(3)", nil),
    ("plot(roc(scores([1, 0], [1, 0])), file=\"x.svg\")", "`write(plot(…), \"plot.svg\")`"),
    ("read(\"a.csv\")[\"age\"]", "`column(…, \"name\")`"),
    ("read(\"a.csv\").age", "`column(…, \"age\")`"), ("read(\"a.csv\").len", "`len(…)`"),
    ("synth(100, 0.9).age", "it has `rows`"),
  ])
  func saysWhatToWrite(program: String, remedy: String?) throws {
    let document = Document(Source(program), knowing: Library.standard.vocabulary)
    let diagnostic = try #require(document.diagnostics.first)
    if let remedy {
      #expect(diagnostic.remedy?.contains(remedy) == true, "\(diagnostic.remedy ?? "none")")
    } else {
      #expect(diagnostic.remedy == nil)
    }
  }

  /// What other tools call things is no name of this one.
  @Test func namesElsewhereAreNotNamesHere() {
    let vocabulary = Library.standard.vocabulary
    let names = Set(vocabulary.names)
    for signature in vocabulary.signatures {
      #expect(names.isDisjoint(with: signature.foreignNames), "\(signature.name)")
    }
  }

  @Test(arguments: [("dataset", ["train", "whole"]), ("tuning", ["interval"])])
  func helpListsWhatJSONHas(type: String, hidden: [String]) throws {
    let text = try #require(HelpText(Library.standard.vocabulary).text(on: type))
    let line = try #require(text.range(of: "`--json` writes"))
    for name in hidden { #expect(!text[line.lowerBound...].contains("`\(name)`")) }
    #expect(text[line.lowerBound...].contains("`positives`"))
  }
}
