import TerminalOutput
import Testing

@testable import ThrREPL

/// A signature is shown around the parameter that is being written.
@Suite struct SignatureWindowTests {
  @Test(arguments: [
    (0, 76, "f(«first: number», second: text = \"x\", third: list) → number"),
    (0, 40, "f(«first: number», …)"),
    (1, 44, "f(…, «second: text = \"x\"», …)"),
    (1, 64, "f(…, «second: text = \"x\"», third: list) → number"),
    (2, 44, "f(…, «third: list») → number"),
    (2, 10, "f(…, «third: list») → number"),
  ])
  func showsTheCurrentParameter(active: Int, width: Int, expected: String) {
    #expect(window(active, meaning: "What it means.", width).marked == expected)
  }

  @Test func showsAllWhereAllFits() {
    #expect(window(2, meaning: "", 80).text == text)
    #expect(window(nil, meaning: "", 20).text == text)
  }

  @Test func aLongMeaningLeavesHalfTheRow() {
    let meaning = String(repeating: "long ", count: 40)
    #expect(
      window(1, meaning: meaning, 100).marked
        == "f(…, «second: text = \"x\"», third: list) → number")
  }

  private let text = "f(first: number, second: text = \"x\", third: list) → number"

  private func window(_ active: Int?, meaning: String, _ width: Int) -> SignatureWindow {
    let parameters = [2..<15, 17..<35, 37..<48]
    return SignatureWindow(
      Advice.SignatureLine(
        text: text, parameters: parameters, active: active.map { parameters[$0] },
        meaning: meaning), width: width)
  }
}

extension SignatureWindow {
  fileprivate var marked: String {
    guard let active else { return text }
    let bytes = Array(text.utf8)
    return String(decoding: bytes[..<active.lowerBound], as: UTF8.self) + "«"
      + String(decoding: bytes[active], as: UTF8.self) + "»"
      + String(decoding: bytes[active.upperBound...], as: UTF8.self)
  }
}
