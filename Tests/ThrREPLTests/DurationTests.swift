import Testing

@testable import ThrREPL

@Suite struct DurationTests {
  @Test(arguments: [
    (0.000321, "0.32 ms"), (0.0141, "14.1 ms"), (0.32, "320 ms"), (2.351, "2.35 s"),
  ])
  func writesDurations(seconds: Double, text: String) {
    #expect(REPL.duration(seconds) == text)
  }
}
