import JSONText
import TableIO
import Testing
import ThrLibrary
import ThrModel

/// The functions of tables against pandas and scikit-learn; see `make_tables.py`.
@Suite struct TableReferenceTests {
  @Test func answersAsPandasDoes() throws {
    let here = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let bytes = try LocalFileSystem().readFile("/\(here)/Fixtures/tables.json")
    let cases = try JSON(parsing: bytes).array ?? []
    #expect(cases.count == 80)
    for known in cases {
      let program = known["program"]?.string ?? ""
      let files = ["a.csv", "b.csv"].map { ($0, known[String($0.prefix(1))]?.string ?? "") }
      let run = LibraryRun(
        "a = read(\"a.csv\")\nb = read(\"b.csv\")\n" + program,
        files: Dictionary(uniqueKeysWithValues: files))
      let answers = run.values.map { $0.json(Library.standard) }
      let expected = known["answers"]?.array ?? []
      #expect(answers.count == expected.count, "\(run.codes) \(known)")
      for (answer, expected) in zip(answers, expected) where answer != expected {
        Issue.record("\(answer) where pandas has \(expected) in \(known)")
      }
    }
  }
}
