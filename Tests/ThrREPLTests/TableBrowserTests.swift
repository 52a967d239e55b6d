import TableIO
import Testing
import ThrModel

@testable import ThrREPL

@Suite struct TableBrowserTests {
  private static let surface = Surface(width: 40, height: 8)

  private static func table() throws -> Table {
    try Table(columns: [
      Column("id", numbers: (0..<100).map { Double($0) }),
      Column("name", texts: (0..<100).map { $0 == 7 ? nil : "row \((($0 * 37) % 100))" }),
      Column("long", texts: (0..<100).map { _ in String(repeating: "x", count: 60) }),
      Column("bad\u{1B}[31m", texts: (0..<100).map { _ in "a\u{1B}[2Jb\nc" }),
    ])
  }

  private func pressed(_ keys: ScreenKey..., on surface: Surface = surface) throws -> TableBrowser {
    var browser = TableBrowser(try Self.table())
    for key in keys { _ = browser.take(key, on: surface) }
    return browser
  }

  @Test func reachesEveryRowAndColumn() throws {
    let last = try pressed(.end).lines(on: Self.surface)
    #expect(last[1].hasPrefix(" 96  95") && last[5].hasPrefix("100  99"))
    #expect(last[6].hasPrefix("rows 96 to 100 of 100, columns 1 to 2"))
    #expect(try pressed(.end, .home, .down).lines(on: Self.surface)[1].hasPrefix("  2   1"))
    #expect(try pressed(.right).lines(on: Self.surface)[0].hasPrefix("     name"))
    #expect(try pressed(.farRight).lines(on: Self.surface)[1].contains("a␛[2Jb␊c"))
  }

  @Test func sortsByTheFirstColumnShown() throws {
    var browser = try pressed(.right, .character("s"))
    let names = try Self.table().columns[1]
    func order() -> [String] {
      (browser.order ?? []).map { if case .text(let text) = names[$0] { text } else { "-" } }
    }
    let known = (0..<100).filter { $0 != 7 }.map { "row \((($0 * 37) % 100))" }
    #expect(order() == known.sorted() + ["-"])
    _ = browser.take(.character("s"), on: Self.surface)
    #expect(order() == known.sorted(by: >) + ["-"])
    _ = browser.take(.character("u"), on: Self.surface)
    #expect(browser.order == nil)
  }

  @Test(arguments: [
    Surface(width: 20, height: 4), Surface(width: 40, height: 8), Surface(width: 200, height: 50),
  ])
  func fitsTheScreen(surface: Surface) throws {
    for column in 0..<4 {
      let browser = try pressed(on: surface)
      var moved = browser
      for _ in 0..<column { _ = moved.take(.right, on: surface) }
      let lines = moved.lines(on: surface)
      #expect(lines.count == surface.height)
      #expect(lines.allSatisfy { $0.count <= surface.width && !$0.contains("\u{1B}") })
    }
  }

  @Test func writesOnlyTheLinesThatDiffer() {
    var canvas = ScreenCanvas()
    _ = canvas.update(to: ["a", "b", "c"])
    let change = canvas.update(to: ["a", "x"])
    #expect(change.contains("\u{1B}[2;1H\u{1B}[Kx") && !change.contains("\u{1B}[1;1H"))
    #expect(change.contains("\u{1B}[3;1H\u{1B}[J"))
    #expect(canvas.update(to: ["a", "x"]) == "")
  }
}
