import Testing
import ThrModel

/// What Python's format mini-language writes for the same formats; the words and the centring of
/// odd widths are thr's own.
@Test(
  arguments: [
    (".3f", .number(0.75562), "0.756"), (".0f", .number(2.5), "2"),
    ("8.2f", .number(3.14159), "    3.14"),
    ("<8.2f", .number(3.14159), "3.14    "), ("^8.2f", .number(3.14159), "  3.14  "),
    (",", .number(1_234_567), "1,234,567"), (",.2f", .number(-1234.5), "-1,234.50"),
    (".1%", .number(0.0256), "2.6%"), (".2e", .number(12345), "1.23e+04"),
    (".3g", .number(0.00012345), "0.000123"), (".2", .number(0.126), "0.13"),
    (">6", .text("ab"), "    ab"), ("6", .text("ab"), "ab    "), (".3f", .undefined, "undefined"),
    (">6.3f", .none, "  none"), ("05", .number(12), "00012"), ("08.2f", .number(-1.5), "-0001.50"),
    ("05", .number(1_234_567), "1234567"), ("07.1%", .number(0.256), "0025.6%"),
    ("08", .none, "    none"),
  ] as [(String, Value, String)])
func writesByFormat(format: String, value: Value, text: String) throws {
  let format = try #require(ValueFormat(format))
  #expect(
    try format.text(of: value, in: ValueDisplay(Library(builtins: [], constants: [], types: [])))
      == text)
}

@Test(arguments: [
  "", "x", ".f", ".3q", "f3", "99999", ".101f", ".3f ", "<<3", "1.2.3", "<05", "0", "00", "08,",
])
func refusesWhatIsNoFormat(text: String) {
  #expect(ValueFormat(text) == nil)
}

@Test func asksForNumberWhereDecimalsAreSet() throws {
  let format = try #require(ValueFormat(".3f"))
  #expect(throws: CallError.self) {
    try format.text(
      of: .text("a"), in: ValueDisplay(Library(builtins: [], constants: [], types: [])))
  }
  #expect(format.valueType.accepts(.text) == .never)
}
