import Drawing
import TableIO
public import ThrModel

/// What a script shows, as a page: what `thr report` writes.
public struct ScriptReport: Sendable {
  private var parts: [ReportResult.Part] = []
  private var lines: [String] = []

  public init() {}

  /// Adds a value; a report adds its parts, and a text is a heading or a paragraph.
  public mutating func show(_ value: Value) {
    flush()
    if let report = ReportResult(value) {
      parts += report.parts
    } else {
      parts.append(ReportResult.Part(value))
    }
  }

  /// Adds a line that the script prints; lines in a row are one block.
  public mutating func print(_ line: String) { lines.append(line) }

  private mutating func flush() {
    if !lines.isEmpty { parts.append(.block(lines.joined(separator: "\n"))) }
    lines = []
  }

  public var isEmpty: Bool { parts.isEmpty && lines.isEmpty }

  /// Writes the page, whole or not at all.
  ///
  /// - Parameter title: the heading, unless the script has one.
  public mutating func write(to path: String, title: String, _ context: CallContext) throws {
    flush()
    let hasTitle = parts.contains { if case .heading(1, _) = $0 { true } else { false } }
    let report = ReportResult(parts: (hasTitle ? [] : [.heading(1, title)]) + parts)
    try report.write(to: path, context)
  }
}

extension ReportResult {
  /// Writes the page as HTML, Markdown or PDF, as the path ends.
  func write(to path: String, _ context: CallContext) throws(CallError) {
    guard let format = ReportFormat(path: path) else { throw CallError.noPage(path) }
    let content = ReportContent(self, context.display, isCancelled: context.isCancelled)
    let bytes = try format.bytes(of: content)
    do throws(FileError) {
      try context.files.writeFileAtomically(path, bytes)
    } catch {
      throw CallError(error, parameter: "path")
    }
  }
}

/// The kinds of file that a report is written to.
enum ReportFormat: String, CaseIterable {
  case html
  case markdown = "md"
  case pdf

  /// The format that a path's ending asks for, in either case.
  init?(path: String) {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }

  fileprivate func bytes(of content: ReportContent) throws(CallError) -> [UInt8] {
    switch self {
    case .html: return Array(ReportPage(content: content).html.utf8)
    case .markdown: return Array(content.markdown.utf8)
    case .pdf:
      do throws(DrawingError) {
        return try content.paged.pdf()
      } catch {
        throw CallError(error, orWrite: ".html")
      }
    }
  }
}
