import TestSupport
import Testing
import ThrModel

@testable import ThrLibrary

/// Tables that live elsewhere, played by a client that has the columns `p`, `day` and `outcome`.
@Suite struct DatabaseTests {
  private func run(_ program: String) throws -> LibraryRun {
    let folder = try TemporaryFolder()
    let script = """
      case "$1" in
        *thr_a*) printf 'thr_a,thr_b\\n1,2\\n' ;;
        *"1 = 0"*) printf 'p,day,outcome\\n' ;;
        *) echo "asked: $1" >&2; exit 1 ;;
      esac

      """
    let path = try folder.write(script, to: "client")
    defer { withExtendedLifetime(folder) {} }
    return LibraryRun(
      "t = connect(\"command\", \"sh \(path)\") |> read(\"preds\")\n" + program)
  }

  @Test(arguments: [
    ("filter(t, p > 0.5).query", "(\"p\" > 0.5)"),
    (
      "filter(t, day >= \"2026-10-01\" and not (p == 1)).query",
      "((\"day\" >= '2026-10-01') AND (NOT (\"p\" IS NOT NULL AND \"p\" = 1)))"
    ),
    (
      "filter(t, outcome in [\"a\", \"it's\"]).query",
      "(\"outcome\" IS NOT NULL AND \"outcome\" IN ('a', 'it''s'))"
    ),
    ("filter(t, p == undefined or p != none).query", "((\"p\" IS NULL) OR (NOT (\"p\" IS NULL)))"),
    ("least = 3\nfilter(t, 2*p - 1 < least).query", "(((2 * \"p\") - 1) < 3)"),
    ("filter(t, column(\"p\") < -1).query", "(\"p\" < (-1))"),
  ])
  func writesConditions(program: String, expected: String) throws {
    let run = try run(program)
    #expect(run.values == [.text("SELECT * FROM \"preds\" WHERE " + expected)])
  }

  @Test(arguments: [
    "filter(t, p / 2 > 1)", "filter(t, outcome < \"fraud\")", "filter(t, log(p) > 1)",
    "filter(t, p)", "filter(t, p % 2 == 1)", "filter(t, outcome == \"a\\\\b\")",
    "derive(t, p = 1)", "derive(t, q = outcome + \"x\")", "select(t, [\"p\", \"p\"])",
  ])
  func refusesWhatSQLUnderstandsOtherwise(program: String) throws {
    #expect(try run(program).codes == ["unsuitable-argument"])
  }

  @Test(arguments: [
    ("filter(t, nothing > 1)", "unknown-field"), ("select(t, [\"x\"])", "unknown-field"),
    ("scores(t, score=\"p\", label=\"y\")", "unknown-field"),
    (
      "s = scores(t, score=\"p\", label=\"outcome\", positive=\"a\")\ntune(s, f1)",
      "database-failed"
    ),
    (
      "s = scores(t, score=\"p\", label=\"outcome\", positive=\"a\")\nsplit(s)",
      "unsuitable-argument"
    ),
    (
      "s = scores(t, score=\"p\", label=\"outcome\", positive=\"a\")\ntune(s, f1, guarantee = recall >= 90%)",
      "unsuitable-argument"
    ),
  ])
  func saysWhatIsWrong(program: String, code: String) throws {
    #expect(try run(program).codes == [code])
  }

  @Test func showsTheQueriesBeforeAnyIsAsked() throws {
    let run = try run(
      "s = scores(t, score=\"p\", label=\"outcome\", positive=\"fraud\")\nlen(s.queries)\ns.asked")
    #expect(run.values == [.number(4), .list(List([Value]()))])
  }
}
