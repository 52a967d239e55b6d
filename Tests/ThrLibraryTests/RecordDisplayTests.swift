import Testing
import ThrLibrary
import ThrModel

/// How tables write the numbers of records that a program makes itself.
@Suite struct RecordDisplayTests {
  private func shown(_ name: String, _ number: Double) -> String {
    let record = Record([.init(name, .number(number)), .init("city", .text("Bern"))])
    return ValueDisplay(Library.standard).full(.list(List([.record(record)])))
  }

  /// `area` and `recall` are members of curves and evaluations, `size` of nothing.
  @Test(arguments: ["area", "recall", "size"])
  func isTheSameForEachName(name: String) {
    #expect(shown(name, 1234.56789).contains("1234.57"))
    #expect(shown(name, 0.98765432).contains("0.987654"))
  }
}
