import Drawing
import ThrModel

/// A report as one HTML file: nothing from a network, every text escaped, and no script but its own.
struct ReportPage {
  let content: ReportContent

  var html: String {
    let title = content.title.escapedForHTML
    // Screen readers begin at the heading of the first level.
    let headline = content.beginsWithTitle ? "" : "<h1 class=\"unseen\">\(title)</h1>\n"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      img-src data:; style-src 'unsafe-inline'; script-src \(ReportScript.source)">
      <title>\(title)</title>
      <style>\(ReportStyle.text)</style>
      </head>
      <body>
      <main>
      \(headline)\(content.elements.map(html).joined())</main>
      <p id="announcement" class="unseen" role="status"></p>
      <script>\(ReportScript.text)</script>
      </body>
      </html>

      """
  }

  private func html(_ element: ReportContent.Element) -> String {
    switch element {
    case .heading(let level, let text): "<h\(level)>\(text.escapedForHTML)</h\(level)>\n"
    case .sentence(let text): "<p class=\"sentence\">\(text.escapedForHTML)</p>\n"
    case .slider(let slider): slider.html
    case .paragraph(let text): "<p>\(text.escapedForHTML)</p>\n"
    case .lines(let text): block(text)
    case .shown(let parts): parts.text.isEmpty ? "" : block(parts.text)
    // Results by group show the result for all rows, too.
    case .table(let table): (table.hasMore ? block(table.shown.text) : "") + table.html
    case .figure(let figure): image(figure)
    }
  }

  private func block(_ text: String) -> String {
    "<pre tabindex=\"0\">\(text.escapedForHTML)</pre>\n"
  }

  private func image(_ figure: Figure) -> String {
    let size = figure.standardSize
    return "<img src=\"data:image/svg+xml,\(figure.svg().percentEncoded)\" "
      + "width=\"\(Int(size.width))\" height=\"\(Int(size.height))\" "
      + "alt=\"\(figure.spokenDescription.escapedForHTML)\">\n"
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
