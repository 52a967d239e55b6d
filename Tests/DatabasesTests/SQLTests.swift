import Testing

@testable import Databases

@Suite struct SQLTests {
  private let standard = SQLDialect(.double)
  private let spark = SQLDialect(.backtick)

  @Test func quotesNamesAndTexts() {
    #expect(standard.name("a\"b; DROP") == "\"a\"\"b; DROP\"")
    #expect(spark.name("a`b") == "`a``b`")
    #expect(standard.path(["db", "scores"]) == "\"db\".\"scores\"")
    #expect(standard.text(.text("it's")) == "'it''s'")
    #expect(spark.text(.text("it's \\")) == "'it\\'s \\\\'")
  }

  @Test(arguments: [
    (SQLExpression.order(.less, .column("x"), .number(0.1)), "(\"x\" < 0.1)"),
    (.order(.greaterOrEqual, .column("x"), .number(-3)), "(\"x\" >= (-3))"),
    (.number(0.12345678901234567), "0.12345678901234566e0"),
    (.number(1e300), "1e+300"),
    (.same(.column("x"), .number(5)), "(\"x\" IS NOT NULL AND \"x\" = 5)"),
    (.not(.same(.column("x"), .text("a"))), "(NOT (\"x\" IS NOT NULL AND \"x\" = 'a'))"),
    (.isMissing(.column("x")), "(\"x\" IS NULL)"),
    (.among(.column("x"), [.number(1), .number(2)]), "(\"x\" IS NOT NULL AND \"x\" IN (1, 2))"),
    (.among(.column("x"), []), "(1 = 0)"),
    (
      .arithmetic(.times, .arithmetic(.plus, .column("x"), .number(1)), .negative(.column("y"))),
      "((\"x\" + 1) * (- \"y\"))"
    ),
    (.start(.column("time"), 10), "SUBSTR(\"time\", 1, 10)"),
  ])
  func writesExpressions(expression: SQLExpression, expected: String) {
    #expect(standard.text(expression) == expected)
  }

  @Test func writesWhatIsDoneToATable() {
    let table = Relation.table(["preds"])
    #expect(standard.rows(table) == "SELECT * FROM \"preds\"")
    let filtered = Relation.filtered(table, .order(.greater, .column("x"), .number(1)))
    #expect(standard.rows(filtered) == "SELECT * FROM \"preds\" WHERE (\"x\" > 1)")
    #expect(
      standard.rows(.filtered(filtered, .isMissing(.column("y"))))
        == "SELECT * FROM \"preds\" WHERE (\"x\" > 1) AND (\"y\" IS NULL)")
    #expect(
      standard.rows(.derived(filtered, [.init("z", .column("x"))]))
        == "SELECT q.*, \"x\" AS \"z\" FROM (SELECT * FROM \"preds\" WHERE (\"x\" > 1)) q")
    #expect(
      standard.rows(.limited(.sorted(.selected(table, ["x"]), by: "x", descending: true), 5))
        == "SELECT * FROM (SELECT \"x\" FROM \"preds\") q "
        + "ORDER BY CASE WHEN \"x\" IS NULL THEN 1 ELSE 0 END, \"x\" DESC LIMIT 5")
    #expect(
      standard.rows(
        .joined(table, .table(["names"]), on: "id", columns: ["id", "x"], added: ["n"]))
        == "SELECT a.\"id\", a.\"x\", b.\"n\" FROM (SELECT * FROM \"preds\") a "
        + "LEFT JOIN (SELECT * FROM \"names\") b ON a.\"id\" = b.\"id\"")
    #expect(
      standard.rows(.filtered(.query("select 1 -- all;\n;"), .truth(true)))
        == "SELECT * FROM (select 1 -- all\n) q WHERE TRUE")
  }

  @Test func boundsScoresByWholeNumbers() {
    #expect(standard.within(0.25...0.5, "s") == "(s*4 >= 1 AND s*2 <= 1)")
    // Just below 0.5: the round number, excluded.
    #expect(standard.within(0.25...(0.5).nextDown, "s") == "(s*4 >= 1 AND s*2 < 1)")
    #expect(standard.atLeast(0.1, "s") == "s*36028797018963968 >= 3602879701896397")
    #expect(standard.atLeast(0, "s") == "s >= 0")
    #expect(standard.below(-3, "s") == "s < -3")
    #expect(standard.product("s", -3) == "s/8.0")
    #expect(standard.product("s", 62) == "s*1152921504606846976*4")
  }
}
