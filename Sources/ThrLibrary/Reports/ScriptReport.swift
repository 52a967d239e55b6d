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
  /// Writes the page as HTML or Markdown, as the path ends.
  func write(to path: String, _ context: CallContext) throws(CallError) {
    let page = ReportPage(
      report: self, display: context.display, isCancelled: context.isCancelled)
    let name = path.lowercased()
    let isMarkdown = name.hasSuffix(".md")
    guard isMarkdown || name.hasSuffix(".html") else { throw CallError.noPage(path) }
    do throws(FileError) {
      try context.files.writeFileAtomically(
        path, Array((isMarkdown ? page.markdown : page.html).utf8))
    } catch {
      throw CallError(error, parameter: "path")
    }
  }
}
