import Foundation
import ThrSyntax
import Testing
import ToyLibrary

@testable import ThrAnalysis
@testable import ThrModel

/// Scripts with what is known of their places written below them, in comments whose `^` marks the
/// place: `#      ^ completions: threshold value`.
///
/// What the comments say is made again and must be what stands there. Run the tests with
/// `THR_UPDATE_MARKERS=1` to write it, and read what has changed.
@Suite struct MarkerTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Markers")

  static let scripts: [String] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return files.filter { $0.hasSuffix(".thr") }.sorted()
  }()

  @Test(arguments: scripts) func saysWhatIsKnown(script: String) throws {
    let url = Self.folder.appendingPathComponent(script)
    let text = try String(contentsOf: url, encoding: .utf8)
    let made = MarkedScript(text).made
    if ProcessInfo.processInfo.environment["THR_UPDATE_MARKERS"] != nil {
      try made.write(to: url, atomically: true, encoding: .utf8)
    } else {
      #expect(made == text)
    }
  }

  @Test func findsItsScripts() { #expect(Self.scripts.count >= 8) }
}

/// A script and the questions in its comments.
struct MarkedScript {
  private let lines: [String]
  private let document: Document
  /// Where each line begins, in UTF-8.
  private let starts: [Int]

  init(_ text: String) {
    lines = text.components(separatedBy: "\n")
    document = Document(
      Source(text), knowing: Library.toy.vocabulary, following: Interface(["args": .list(.text)]))
    starts = document.source.lines.starts
  }

  /// The script with the comments as they should be.
  var made: String {
    var made: [String] = []
    var code: Int?
    for (index, line) in lines.enumerated() {
      guard let marker = Marker(line) else {
        made.append(line)
        code = index
        made += diagnostics(ofLine: index)
        continue
      }
      if marker.question != "diagnostic", let code {
        made.append(marker.with(answer(to: marker, atLine: code)))
      }
    }
    return made.joined(separator: "\n")
  }

  // MARK: - Diagnostics

  private func diagnostics(ofLine index: Int) -> [String] {
    document.diagnostics.filter { document.source.lines.line(at: $0.span.start) == index + 1 }
      .map { diagnostic in
        let start = max(1, diagnostic.span.start - starts[index])
        let line = Span(starts[index], starts[index] + lines[index].utf8.count)
        let length = max(1, min(diagnostic.span.end, line.end) - diagnostic.span.start)
        let mark =
          "#" + String(repeating: " ", count: start - 1)
          + String(repeating: "^", count: length)
        let fixes = diagnostic.fixes.map { " → \(fixed($0, line))" }.joined()
        return "\(mark) diagnostic: \(diagnostic.kind.name)\(fixes)"
      }
  }

  /// The line after a fix.
  private func fixed(_ fix: Diagnostic.Fix, _ line: Span) -> String {
    let edit = Edit(fix.span, fix.replacement)
    let text = String(decoding: document.source.applying([edit]), as: UTF8.self)
    let end = line.end + fix.replacement.utf8.count - fix.span.count
    return "`\(String(decoding: Array(text.utf8)[line.start..<end], as: UTF8.self).trimmed)`"
  }

  // MARK: - Questions

  private func answer(to marker: Marker, atLine index: Int) -> String {
    let offset = min(starts[index] + marker.column, document.source.bytes.count)
    switch marker.question {
    case "completions":
      let items = document.completions(at: offset).items
      return items.prefix(8).map(\.label).joined(separator: " ") + (items.count > 8 ? " …" : "")
    case "insertion":
      return document.completions(at: offset).items.first.map { $0.snippet?.shown ?? $0.insertion }
        ?? ""
    case "hover": return document.hover(at: offset).map { $0.document.line } ?? ""
    case "signature": return document.signatureHelp(at: offset)?.shown ?? ""
    case "definition":
      return document.definition(at: offset).map { $0.file ?? source(line: $0.span) } ?? ""
    case "references":
      return document.references(at: offset, includingDeclaration: true)
        .map(source).joined(separator: " | ")
    case "colours":
      return document.colours.filter {
        document.source.lines.line(at: $0.span.start) == index + 1
      }.map { "\($0.kind)" }.joined(separator: " ")
    case "hints":
      return document.hints.filter { document.source.lines.line(at: $0.offset) == index + 1 }
        .map { "\($0.label)@\($0.offset - starts[index])" }.joined(separator: " ")
    case "selections":
      return document.selections(at: offset).map {
        "`\(document.text($0).prefix(24).split(separator: "\n")[0])`"
      }
      .prefix(5).joined(separator: " ")
    case let question where question.hasPrefix("rename "):
      return renamed(at: offset, to: String(question.dropFirst(7)))
    default: return "?"
    }
  }

  private func renamed(at offset: Int, to name: String) -> String {
    switch document.rename(at: offset, to: name) {
    case .failure(let error): return error.message
    case .success(let edits):
      let changed = Source(bytes: document.source.applying(edits))
      let lines = Set(edits.map { document.source.lines.line(at: $0.span.start) }).sorted()
      return lines.map { changed.text(changed.lines.span(ofLine: $0)).trimmed }
        .joined(separator: " | ")
    }
  }

  private func source(line span: Span) -> String {
    let lines = document.source.lines
    return document.text(lines.span(ofLine: lines.line(at: span.start))).trimmed
  }
}

/// A comment that asks: the column of its `^`, the question, and what stands after the colon.
private struct Marker {
  let head: String
  let column: Int
  let question: String

  init?(_ line: String) {
    guard line.hasPrefix("#"), let caret = line.firstIndex(where: { $0 == "^" || $0 == "<" }),
      line[line.index(after: line.startIndex)..<caret].allSatisfy({ $0 == " " })
    else { return nil }
    // `#<` asks about the beginning of the line, which the `#` itself covers.
    column = line[caret] == "<" ? 0 : line.utf8.distance(from: line.startIndex, to: caret)
    let end = line[caret...].firstIndex { $0 != "^" && $0 != "<" } ?? line.endIndex
    let rest = line[end...].drop { $0 == " " }
    question = String(rest.prefix { $0 != ":" })
    head = String(line[..<end])
  }

  func with(_ answer: String) -> String {
    "\(head) \(question):" + (answer.isEmpty ? "" : " \(answer)")
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}

extension HelpDocument {
  /// The first two parts in one line.
  fileprivate var line: String {
    parts.prefix(2).map { HelpDocument([$0]).text(width: 10_000) }.joined(separator: " — ")
      .replacingOccurrences(of: "\n", with: " ").trimmed
  }
}

extension SignatureHelp {
  /// The active form with its active parameter between guillemets.
  fileprivate var shown: String {
    let form = forms[activeForm]
    var bytes = Array(form.label.utf8)
    if let active = form.activeParameter {
      let span = form.parameters[active].span
      bytes.insert(contentsOf: Array("»".utf8), at: span.end)
      bytes.insert(contentsOf: Array("«".utf8), at: span.start)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Snippet {
  fileprivate var shown: String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .placeholder(let text): "‹\(text)›"
      }
    }.joined()
  }
}
