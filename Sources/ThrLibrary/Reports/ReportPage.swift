import Algorithms
import Drawing
import ThrModel

/// A report as one HTML file: nothing from a network, every text escaped, and no script but its own.
struct ReportPage {
  let report: ReportResult
  let display: ValueDisplay
  var isCancelled: () -> Bool = { false }

  private var title: String {
    for case .heading(_, let text) in report.parts { return text }
    return "Report"
  }

  var html: String {
    let sentence = report.sentence.map { "<p class=\"sentence\">\($0.escapedForHTML)</p>\n" } ?? ""
    let (head, rest) = report.divided
    // Screen readers begin at the heading of the first level.
    let headline = head.isEmpty ? "<h1 class=\"unseen\">\(title.escapedForHTML)</h1>\n" : ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      img-src data:; style-src 'unsafe-inline'; script-src \(ReportScript.source)">
      <title>\(title.escapedForHTML)</title>
      <style>\(ReportStyle.text)</style>
      </head>
      <body>
      <main>
      \(headline)\(head.map(part).joined())\(sentence)\(slider?.html ?? "")\(rest.map(part).joined())</main>
      <p id="announcement" class="unseen" role="status"></p>
      <script>\(ReportScript.text)</script>
      </body>
      </html>

      """
  }

  /// That of the first decision with rows.
  private var slider: ReportSlider? {
    for case .value(let value) in report.parts {
      if let slider = ReportSlider(value, isCancelled: isCancelled) { return slider }
    }
    return nil
  }

  private func part(_ part: ReportResult.Part) -> String {
    switch part {
    case .heading(let level, let text): "<h\(level)>\(text.escapedForHTML)</h\(level)>\n"
    case .paragraph(let text): "<p>\(text.escapedForHTML)</p>\n"
    case .block(let text): "<pre tabindex=\"0\">\(text.escapedForHTML)</pre>\n"
    case .value(let value): block(of: value)
    }
  }

  private func block(of value: Value) -> String {
    let picture = value.figure.map(image) ?? ""
    if FigureResult(value) != nil { return picture }
    let text = textBlock(of: value, hasPicture: !picture.isEmpty)
    guard let table = ReportTable(value) else { return text + picture }
    // Results by group show the result for all rows, too.
    return (value.isListObject ? text : "") + table.html + picture
  }

  private func textBlock(of value: Value, hasPicture: Bool) -> String {
    var surface = Surface.plain
    surface.drawsFigures = !hasPicture
    let text = display.full(value, on: surface)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let kept = lines.trimming(while: \.isEmpty).joined(separator: "\n")
    return kept.isEmpty ? "" : "<pre tabindex=\"0\">\(kept.escapedForHTML)</pre>\n"
  }

  private func image(_ figure: Figure) -> String {
    let size = figure.standardSize
    return "<img src=\"data:image/svg+xml,\(figure.svg().percentEncoded)\" "
      + "width=\"\(Int(size.width))\" height=\"\(Int(size.height))\" "
      + "alt=\"\(figure.spokenDescription.escapedForHTML)\">\n"
  }

  /// The report as Markdown; figures are named by what they show.
  var markdown: String {
    let sentence = report.sentence.map { ["**\($0)**"] } ?? []
    let parts = report.parts.map { part in
      switch part {
      case .heading(let level, let text): String(repeating: "#", count: level) + " \(text)"
      case .paragraph(let text): text
      case .block(let text): "```\n\(text)\n```"
      case .value(let value):
        if let figure = FigureResult(value) {
          "*\(figure.content.spokenDescription)*"
        } else {
          "```\n\(display.full(value))\n```"
        }
      }
    }
    return (sentence + parts).joined(separator: "\n\n") + "\n"
  }
}

extension ReportResult {
  /// The title at its top, which stands before the sentence, and all else.
  fileprivate var divided: (ArraySlice<Part>, ArraySlice<Part>) {
    if case .heading(1, _)? = parts.first { return (parts.prefix(1), parts.dropFirst()) }
    return ([], parts[...])
  }
}

extension Value {
  /// What `plot` would draw of it.
  fileprivate var figure: Figure? {
    guard case .object(let object) = self else { return nil }
    if let figure = object.base as? FigureResult { return figure.content }
    guard let drawable = object.base as? any Drawable else { return nil }
    return try? drawable.figure(PlotOptions())
  }
}

extension String {
  /// The bytes as a URI holds them.
  fileprivate var percentEncoded: String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "/"),
        UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
