import Testing
import ThrModel

/// Tables on a screen and in a file.
@Suite struct TextTableTests {
  private let table = TextTable(
    header: ["name", "a column with a long name", "n"],
    rows: [
      [
        .init("a long text that does not fit"), .init("田中太郎と田中次郎と田中三郎"),
        .init("12", isNumber: true),
      ]
    ])

  @Test func cutsTextsToTheScreen() {
    let lines = table.text(on: Surface(width: 24, height: 10)).split(separator: "\n")
    #expect(lines.contains("a long text…  田中太郎…"))
    #expect(lines.contains("a long text…  12"))
  }

  @Test func losesNothingInAFile() {
    let text = table.text(on: Surface(width: 24))
    #expect(text.contains("a long text that does not fit") && text.contains("田中三郎"))
  }

  @Test func leavesWhatFits() {
    #expect(table.text(on: Surface(width: 100, height: 10)) == table.text)
  }
}
