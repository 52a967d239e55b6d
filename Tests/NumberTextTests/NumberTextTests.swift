import NumberText
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1, "1"), (-3, "-3"), (0.1, "0.1"), (0.251, "0.251"),
    (1e15, "1000000000000000"), (9_007_199_254_740_991, "9007199254740991"),
    (9_007_199_254_740_992, "9007199254740992"), (1e16, "1e+16"), (1.5e300, "1.5e+300"),
    (0.00001, "0.00001"), (0.0000015, "0.0000015"), (-0.00002, "-0.00002"), (1.5e-7, "1.5e-7"),
    (1e-7, "1e-7"), (.leastNonzeroMagnitude, "5e-324"), (.infinity, "inf"), (-.infinity, "-inf"),
    (0.1 + 0.2, "0.30000000000000004"),
  ]) func shortest(number: Double, text: String) {
    #expect(number.shortestText == text)
    #expect(Double(text) == number)
  }

  @Test(arguments: [
    (0.016152840, "0.016153"), (0.25603535, "0.256035"), (0.251, "0.251"), (0.5, "0.5"),
    (0.00012345678, "0.000123457"), (0.000001, "1e-06"), (1, "1"), (0, "0"), (-2.5, "-2.5"),
  ]) func thresholds(number: Double, text: String) { #expect(number.thresholdText == text) }

  @Test(arguments: [(0.755556, "0.756"), (-0.0001, "0.000"), (1, "1.000"), (-0.5, "-0.500")])
  func metrics(number: Double, text: String) { #expect(number.metricText == text) }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (10_000_000, "10,000,000"), (-1234, "-1,234"),
    (1234.5, "1,234.5"),
  ]) func counts(number: Double, text: String) { #expect(number.countText == text) }
}
