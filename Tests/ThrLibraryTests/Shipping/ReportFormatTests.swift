import Drawing
import TableIO
import Testing
import ThrModel

@testable import ThrLibrary

/// One report as HTML, Markdown and PDF.
@Suite struct ReportFormatTests {
  private static let groups = 40

  /// Scores of groups with a hostile name each, tuned for each group.
  private static let script = """
    x = range(\(groups * 5))
    s = scores([(k * 37 - 101 * floor(k * 37 / 101)) / 100 for k in x],
      [1 - k + 2 * floor(k / 2) for k in x],
      group=["<b>|`" + text(floor(k / 5)) + "`" for k in x])
    r = report(["# The *title*", tune(s, f1, by="group"), roc(s),
      classify([0.1, 0.4], at=0.3), [{a: 1}, {a: 2}],
      "A paragraph."])
    """

  private static func content(_ script: String) throws -> ReportContent {
    let run = LibraryRun(script)
    #expect(run.codes == [])
    let report = try #require(run.values.last.flatMap { ReportResult($0) })
    return ReportContent(report, run.display)
  }

  /// A row for each group, and one for all rows, once.
  @Test func paperHasEachRowOnce() throws {
    let blocks = try Self.content(Self.script + "\nr").paged.blocks
    let tables = blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    let names = tables[0].rows.map { $0[0] }
    #expect(names == (0..<Self.groups).map { "<b>|`\($0)`" }.sorted() + ["overall"])
    #expect(tables[0].columns.first == PageTable.Column("group"))
    let numeric = tables[0].columns.filter(\.isNumeric)
    #expect(numeric.count == tables[0].columns.count - 1)
    #expect(tables[1].rows == [["0.1", "0"], ["0.4", "1"]])
    #expect(tables.last?.rows == [["1"], ["2"]])
    #expect(blocks.first == .heading(1, "The *title*"))
    guard case .lead(let sentence) = blocks[1] else { throw Missing() }
    #expect(sentence.hasPrefix("By group, else flag"))
    #expect(blocks.last == .paragraph("A paragraph."))
    #expect(blocks.figures == 1)
  }

  @Test func writesEachFormat() throws {
    let run = LibraryRun(
      Self.script + """

        write(r, "r.html")
        write(r, "r.md")
        write(r, "R.PDF")
        """)
    #expect(run.codes == [])
    let pdf = try run.files.readFile("R.PDF")
    #expect(pdf.starts(with: "%PDF-".utf8) && pdf.suffix(6).elementsEqual("%%EOF\n".utf8))
    let markdown = String(decoding: try run.files.readFile("r.md"), as: UTF8.self)
    #expect(markdown.hasPrefix("# The *title*\n\n**By group, else flag"))
    // Each row of a group is a row of a table, with nothing that Markdown takes as its own.
    #expect(markdown.matches(of: /\n\| \\<b\\>\\\|\\`[0-9]+\\` \|/).count == Self.groups)
    #expect(markdown.contains("\n| --- | ---: |"))
    let html = String(decoding: try run.files.readFile("r.html"), as: UTF8.self)
    #expect(html.contains("&lt;b&gt;|`39`"))
  }

  /// Few groups are drawn together; of many the lines would cover each other.
  @Test(arguments: [3, 12, 13]) func drawsFewGroups(groups: Int) throws {
    let content = try Self.content(
      """
      x = range(\(groups * 4))
      s = scores([k / \(groups * 4) for k in x], [k - 2 * floor(k / 2) for k in x],
        group=[text(floor(k / 4)) for k in x])
      report(["x", roc(s, by="group"), evaluate(s, at=0.5, by="group")])
      """)
    let blocks = content.paged.blocks
    #expect(blocks.figures == (groups > 12 ? 0 : 2))
    #expect(blocks.contains(.lines("13 curves by group")) == (groups > 12))
  }

  /// Of a long table the first rows, with a line that says so.
  @Test func saysWhatIsLeftOut() throws {
    let blocks = try Self.content("report([\"x\", [{a: k} for k in range(1200)]])").paged.blocks
    #expect(blocks[1] == .lines("table: the first 500 of 1,200 rows"))
    guard case .table(let table) = blocks[2] else { throw Missing() }
    #expect(table.rows.map { $0[0] } == (0..<500).map(String.init))
  }

  /// A fence is longer than any in what stands between.
  @Test func fencesHold() throws {
    var report = ScriptReport()
    report.print("````")
    report.print("x")
    let files = MemoryFileSystem(texts: [:])
    let display = ValueDisplay(.standard)
    try report.write(to: "r.md", title: "t", CallContext(files: files, display: display))
    let text = String(decoding: try files.readFile("r.md"), as: UTF8.self)
    #expect(text == "# t\n\n`````\n````\nx\n`````\n")
  }
}

extension [PagedDocument.Block] {
  fileprivate var figures: Int { count { if case .figure = $0 { true } else { false } } }
}

private struct Missing: Error {}
