import TableIO
import Testing

/// Several files that are read as one table.
@Suite struct FileSetTests {
  private let files = MemoryFileSystem(texts: [
    "data/b.csv": "score,label\n0.5,1\n", "data/a.csv": "label,score\n0,0.25\n\n1,0.75\n",
    "data/_notes.csv": "x\n1\n", "data/.hidden.csv": "x\n1\n", "data/README.md": "about\n",
    "days/day=2026-10-01/part-0.csv": "score\n1\n2\n",
    "days/day=2026-10-02/part-0.csv": "score\n3\n", "days/_SUCCESS": "",
    "deep/at=x%3Ay/id=1/p.jsonl": "{\"s\": 1}\n",
    "deep/at=__HIVE_DEFAULT_PARTITION__/id=2/p.jsonl": "{\"s\": 2}\n",
    "mixed/a.csv": "a\n1\n", "mixed/b.json": "[{\"a\": 1}]",
    "other/a.csv": "a,b,c\n1,2,3\n", "other/b.csv": "a,b,d\n1,2,3\n",
    "kinds/a.csv": "id,n\n007,1\n", "kinds/b.csv": "id,n\nx,\n", "kinds/c.csv": "id,n\n010,y\n",
    "odd/a[1].csv": "a\n5\n", "odd/a1.csv": "a\n6\n", "sub/a.csv": "a\n1\n",
    "sub/old/b.csv": "a\n2\n",
    "key/a=1/f.csv": "a\n1\n", "uneven/a=1/f.csv": "x\n1\n", "uneven/f.csv": "x\n1\n",
    "none/README.md": "", "json/a.jsonl": "{\"a\": 1}\n", "json/b.jsonl": "{\"a\": \"x\"}\n",
  ])

  private func shownAs(_ path: String, _ options: ReadingOptions = ReadingOptions()) throws
    -> String
  {
    shown(try Table.read(path, from: files, options: options).table)
  }

  @Test(arguments: [
    ("data/*.csv", "label|score / 0|0.25 / 1|0.75 / 1|0.5"),
    ("data", "label|score / 0|0.25 / 1|0.75 / 1|0.5"),
    ("data/", "label|score / 0|0.25 / 1|0.75 / 1|0.5"),
    ("data/[b-z].csv", "score|label / 0.5|1"),
    ("data/?.csv", "label|score / 0|0.25 / 1|0.75 / 1|0.5"),
    ("days/", "score|day / 1|‹2026-10-01› / 2|‹2026-10-01› / 3|‹2026-10-02›"),
    ("days/*/part-*.csv", "score|day / 1|‹2026-10-01› / 2|‹2026-10-01› / 3|‹2026-10-02›"),
    ("days/day=*-02", "score|day / 3|‹2026-10-02›"),
    ("days/**/*.csv", "score|day / 1|‹2026-10-01› / 2|‹2026-10-01› / 3|‹2026-10-02›"),
    ("deep", "s|at|id / 2|·|‹2› / 1|‹x:y›|‹1›"),
    ("kinds/*.csv", "id|n / ‹007›|‹1› / ‹x›|· / ‹010›|‹y›"),
    // A file of that very name.
    ("odd/a[1].csv", "a / 5"), ("odd/a[0-9].csv", "a / 6"), ("odd/a*.csv", "a / 6 / 5"),
    ("sub/**/*.csv", "a / 1 / 2"),
  ])
  func areReadInOrder(path: String, expected: String) throws {
    #expect(try shownAs(path) == expected)
    #expect(
      try Table.columnNames(of: path, from: files).joined(separator: "|")
        == expected.split(separator: " ")[0])
  }

  @Test(arguments: [
    ("data/*.tsv", "`data/*.tsv`: no file matches the pattern"),
    ("none", "`none`: the folder has no tables"),
    ("mixed/", "`mixed/`: the files have several formats, as `mixed/a.csv` and `mixed/b.json` do"),
    (
      "other/*",
      "`other/b.csv`: its columns are not those of `other/a.csv`: `c` is missing, `d` is added"
    ),
    ("sub", "`sub`: the folder `sub/old` is not named as a partition is, `key=value`"),
    ("key", "`key/a=1/f.csv`: two columns are named `a`"),
    ("uneven", "`uneven`: `uneven/a=1/f.csv` and `uneven/f.csv` are in folders of different keys"),
    ("json/*.jsonl", "`json/a.jsonl`: column `a` is numbers, and text in `json/b.jsonl`"),
  ])
  func saysWhatDoesNotFit(path: String, message: String) {
    let error = #expect(throws: TableError.self) { try Table.read(path, from: files) }
    #expect(error?.message == message)
    #expect(error?.remedy != nil)
  }

  @Test func rowsSayWhereTheyComeFrom() throws {
    let table = try Table.read("data/*.csv", from: files).table
    #expect((0..<3).map(table.line(ofRow:)) == [2, 4, 2])
    #expect(
      (0..<3).map(table.place(ofRow:))
        == ["line 2 of `data/a.csv`", "line 4 of `data/a.csv`", "line 2 of `data/b.csv`"])
    let last = try table.subset(rows: [2, 1])
    #expect(last.place(ofRow: 0) == "line 2 of `data/b.csv`")
    #expect(last.place(ofRow: 1) == "line 4 of `data/a.csv`")
    #expect(try Table.read("data/a.csv", from: files).table.place(ofRow: 1) == "line 4")
  }

  @Test func choosesColumnsOfAll() throws {
    var options = ReadingOptions()
    options.columns = ["score"]
    #expect(try shownAs("data/*.csv", options) == "score / 0.25 / 0.75 / 0.5")
    options.columns = ["day"]
    let (table, report) = try Table.read("days", from: files, options: options)
    #expect(shown(table) == "day / ‹2026-10-01› / ‹2026-10-01› / ‹2026-10-02›")
    #expect(report.columnNames == ["score", "day"])
    #expect(
      report.files.map(\.path) == [
        "days/day=2026-10-01/part-0.csv", "days/day=2026-10-02/part-0.csv",
      ])
    #expect(table.fingerprint == (try Table.read("days", from: files).table.fingerprint))
  }

  @Test func areFoundOnTheDisk() throws {
    try inDirectory { directory in
      let disk = LocalFileSystem()
      try disk.writeFileAtomically("\(directory)/b.csv", bytes("a\n2\n"))
      try disk.writeFileAtomically("\(directory)/a.csv", bytes("a\n1\n"))
      #expect(shown(try Table.read("\(directory)/*.csv", from: disk).table) == "a / 1 / 2")
      #expect(shown(try Table.read(directory, from: disk).table) == "a / 1 / 2")
    }
  }
}
