import Drawing
import ThrModel

/// A report as one HTML file: no script, nothing from a network, every text escaped.
struct ReportPage {
  let report: ReportResult
  let display: ValueDisplay

  private var title: String {
    for case .heading(_, let text) in report.parts { return text }
    return "Report"
  }

  var html: String {
    let sentence = report.sentence.map { "<p class=\"sentence\">\($0.escapedForHTML)</p>\n" } ?? ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      img-src data:; style-src 'unsafe-inline'">
      <title>\(title.escapedForHTML)</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <main>
      \(sentence)\(report.parts.map(part).joined())</main>
      </body>
      </html>

      """
  }

  private func part(_ part: ReportResult.Part) -> String {
    switch part {
    case .heading(let level, let text): "<h\(level)>\(text.escapedForHTML)</h\(level)>\n"
    case .paragraph(let text): "<p>\(text.escapedForHTML)</p>\n"
    case .value(let value): block(of: value)
    }
  }

  private func block(of value: Value) -> String {
    let picture = value.figure.map(image) ?? ""
    if FigureResult(value) != nil { return picture }
    return "<pre tabindex=\"0\">\(display.full(value).escapedForHTML)</pre>\n" + picture
  }

  private func image(_ figure: Figure) -> String {
    let size = figure.standardSize
    return "<img src=\"data:image/svg+xml,\(figure.svg().percentEncoded)\" "
      + "width=\"\(Int(size.width))\" height=\"\(Int(size.height))\" "
      + "alt=\"\(figure.spokenDescription.escapedForHTML)\">\n"
  }

  private static let style = """
    :root { color-scheme: light dark; }
    body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem 1rem; }
    main { max-width: 46rem; margin: 0 auto; }
    .sentence { font-size: 1.2rem; }
    pre { font: 13px/1.45 ui-monospace, monospace; overflow-x: auto; padding: 0.75rem; \
    border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 4px; }
    img { max-width: 100%; height: auto; }
    @media print { body { margin: 0; } pre { white-space: pre-wrap; break-inside: avoid; } }
    """

  /// The report as Markdown; figures are named by what they show.
  var markdown: String {
    let sentence = report.sentence.map { ["**\($0)**"] } ?? []
    let parts = report.parts.map { part in
      switch part {
      case .heading(let level, let text): String(repeating: "#", count: level) + " \(text)"
      case .paragraph(let text): text
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
  fileprivate var escapedForHTML: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }

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
