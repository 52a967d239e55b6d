import Drawing
import Foundation
import FoundationXML
import Testing

/// Figures of all kinds as files and in the terminal.
@Suite struct PictureTests {
  private static let hostile = [
    Figure(
      title: "a<b> & \"c\" \u{1B}[31m\u{0}\u{7}\n中文 😀 e\u{301}", xAxis: Figure.Axis("x ]]> <"),
      yAxis: Figure.Axis("y'\u{FFFE}"),
      series: [
        Figure.Series(
          .line, name: "<script>", x: [0, .nan, 1e308, -1e308], y: [0, 1, .infinity, 2])
      ],
      marks: [Figure.Mark(x: 0, y: 0, label: "\u{202E}<&>")],
      rules: [Figure.Rule(.vertical, at: .infinity, label: "never")]),
    Figure(title: "", xAxis: Figure.Axis(), yAxis: Figure.Axis()),
    Figure(
      title: "one point", xAxis: Figure.Axis(), yAxis: Figure.Axis(),
      series: [Figure.Series(.area, x: [0.5], y: [0.5])], isSquare: true),
  ]
  private static let figures = SampleFigures.all.map(\.figure) + hostile

  @Test func svgIsWellFormed() throws {
    for figure in Self.figures {
      let reader = SVGReader()
      let parser = XMLParser(data: Data(figure.svg().utf8))
      parser.delegate = reader
      #expect(parser.parse(), "\(figure.title): \(String(describing: parser.parserError))")
      // Texts stay texts, and who cannot see has a title and a description.
      #expect(reader.counts["title"] == 1 && reader.counts["desc"] == 1)
      #expect(figure.xAxis.label.isEmpty || reader.counts["text", default: 0] > 2)
    }
  }

  @Test func svgFollowsItsReaderUnlessATheme() {
    let figure = Self.figures[0]
    #expect(figure.svg().contains("prefers-color-scheme:dark"))
    for theme in [Figure.Theme.light, .dark] {
      let svg = figure.svg(theme: theme)
      #expect(!svg.contains("prefers-color-scheme"))
      #expect(svg.contains("f-background{fill:#16181d}") == (theme == .dark))
    }
  }

  private final class SVGReader: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      counts[name, default: 0] += 1
    }
  }

  @Test func filesBeginAsTheirKindsDo() throws {
    for figure in Self.figures {
      #expect(try figure.png().prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
      #expect(String(decoding: try figure.pdf().prefix(5), as: UTF8.self) == "%PDF-")
      #expect(try figure.pdf() == figure.pdf())
    }
  }

  @Test(arguments: TerminalStyle.allCases)
  func terminalLinesFit(style: TerminalStyle) {
    for figure in Self.figures {
      for width in [0, 1, 7, 19, 20, 21, 33, 40, 80, 121, 200] {
        for height in [1, 5, 8, 20, 50] {
          let text = figure.terminal(width: width, height: height, style: style)
          let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
          #expect(lines.count <= height)
          #expect(lines.allSatisfy { TerminalColumns.of(String($0)) <= width })
          #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
          #expect(style != .ascii || text.utf8.allSatisfy { $0 < 0x80 })
        }
      }
    }
  }

  /// Ends that differ only in their last digit have labels that differ.
  @Test func endsCloseTogetherHaveLabelsOfTheirOwn() throws {
    var figure = Figure(title: "", xAxis: Figure.Axis("x"), yAxis: Figure.Axis("y"))
    figure.series = [Figure.Series(.line, name: "", x: [0, 1], y: [1e15, 1e15 + 1])]
    let text = figure.terminal(width: 70, height: 20, style: .ascii)
    #expect(text.contains("1000000000000000") && text.contains("1000000000000001"), "\(text)")
  }

  @Test(arguments: [([], []), ([.nan, 1], [1, .infinity]), ([1.0, 2], [3.0, 4])])
  func knowsWhetherItIsEmpty(x: [Double], y: [Double]) {
    var figure = Figure(title: "", xAxis: Figure.Axis("x"), yAxis: Figure.Axis("y"))
    figure.series = [Figure.Series(.line, name: "", x: x, y: y)]
    #expect(figure.isEmpty == (x.last != 2))
  }

  @Test func coloursOnlyWhereAsked() {
    let plain = SampleFigures.sweep.terminal(width: 60)
    let coloured = SampleFigures.sweep.terminal(width: 60, colour: true)
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}["))
    let stripped = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(stripped == plain)
  }

  @Test func manyPointsMakeASmallPicture() {
    let count = 300_000
    let x = (0...count).map { Double($0) / Double(count) }
    let figure = Figure(
      title: "many", xAxis: Figure.Axis("x"), yAxis: Figure.Axis("y"),
      series: [
        Figure.Series(.line, x: x, y: x.map { ($0 * 40).truncatingRemainder(dividingBy: 1) })
      ])
    #expect(figure.svg().utf8.count < 60_000)
  }
}
