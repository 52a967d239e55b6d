import Testing
import ThrModel

@testable import ThrREPL

@Suite struct HistoryPickerTests {
  private static let surface = Surface(width: 40, height: 12)

  private func picker(_ query: String, _ keys: ScreenKey...) -> HistoryPicker {
    let entries = [
      "t = tune(s, f1)", "for i in [1] {\n  print(i)\n}", "x = 1", "t = tune(s, mcc)", "x = 1",
      "Tune = 2",
    ]
    var picker = HistoryPicker(History(entries), query: query)
    for key in keys { _ = picker.take(key, on: Self.surface) }
    return picker
  }

  @Test func findsAllWordsTheNewestFirst() {
    #expect(picker("tune t").choice == "Tune = 2")
    #expect(picker("tune s", .down).choice == "t = tune(s, f1)")
    #expect(picker("Tune").matches.count == 1)
    #expect(picker("nothing of it").choice == nil)
    // Each text once.
    #expect(picker("x").matches.count == 1)
    #expect(picker("").matches.count == 5)
  }

  @Test func searchesAsOneTypes() {
    #expect(picker("", .character("m"), .character("c")).choice == "t = tune(s, mcc)")
    #expect(picker("mx", .backspace).choice == "t = tune(s, mcc)")
    #expect(picker("x", .up, .up).choice == "x = 1")
  }

  @Test func showsTheWholeOfTheChosenInput() {
    let lines = picker("print").lines(on: Self.surface)
    #expect(lines.count == 12)
    #expect(lines[1] == "> for i in [1] {   print(i) }")
    #expect(Array(lines[7...9]) == ["for i in [1] {", "  print(i)", "}"])
  }

  @Test(arguments: [
    Surface(width: 20, height: 4), Surface(width: 40, height: 12), Surface(width: 100, height: 40),
  ])
  func fitsTheScreen(surface: Surface) {
    let entries = (0..<200).map { "entry \($0) \(String(repeating: "é\u{1B}[2J", count: 30))" }
    var picker = HistoryPicker(History(entries), query: "entry")
    for key in [ScreenKey.end, .pageUp, .home, .pageDown, .down] {
      _ = picker.take(key, on: surface)
      let lines = picker.lines(on: surface)
      #expect(lines.count <= surface.height ?? 0)
      #expect(lines.allSatisfy { $0.count <= surface.width && !$0.contains("\u{1B}") })
    }
  }
}
