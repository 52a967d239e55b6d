import Algorithms
import Drawing
import ThrModel

/// What stands in a report, in order: the one declaration that HTML, Markdown and PDF render.
struct ReportContent {
  let title: String
  /// What the first decision says.
  let sentence: String?
  let elements: [Element]

  enum Element {
    /// From level 1.
    case heading(Int, String)
    case sentence(String)
    /// The labellings to move through, where a page can be moved.
    case slider(ReportSlider)
    case paragraph(String)
    /// Lines that stand as they are.
    case lines(String)
    /// A value as the prompt shows it.
    case shown([ShownPart])
    case table(ReportTable)
    case figure(Figure)
  }

  init(_ report: ReportResult, _ display: ValueDisplay, isCancelled: () -> Bool = { false }) {
    title = report.title ?? "Report"
    sentence = report.sentence
    var elements = report.parts.flatMap { Self.elements(of: $0, display) }
    let slider = report.slider(isCancelled: isCancelled).map { [Element.slider($0)] } ?? []
    // The title at the top stands before the sentence.
    let begins = if case .heading(1, _)? = report.parts.first { true } else { false }
    let summary = (sentence.map { [Element.sentence($0)] } ?? []) + slider
    elements.insert(contentsOf: summary, at: begins ? 1 : 0)
    self.elements = elements
  }

  /// Whether a heading of the first level stands at the top.
  var beginsWithTitle: Bool {
    if case .heading(1, _)? = elements.first { true } else { false }
  }

  private static func elements(
    of part: ReportResult.Part, _ display: ValueDisplay
  ) -> [Element] {
    switch part {
    case .heading(let level, let text): [.heading(level, text)]
    case .paragraph(let text): [.paragraph(text)]
    case .block(let text): [.lines(text)]
    case .value(let value): elements(of: value, display)
    }
  }

  private static func elements(of value: Value, _ display: ValueDisplay) -> [Element] {
    let figure = value.figure
    let picture = figure.map { [Element.figure($0)] } ?? []
    if FigureResult(value) != nil { return picture }
    if let table = ReportTable(value, display) { return [.table(table)] + picture }
    let parts = display.parts(of: value, drawsFigures: figure == nil && !value.hasManyGroups)
    // Curves by group are nothing but their figure.
    let isEmpty = parts.text.isEmpty && figure == nil
    return [isEmpty ? .lines(display.line(value)) : .shown(parts)] + picture
  }
}

extension ReportResult {
  fileprivate var title: String? {
    for case .heading(_, let text) in parts { return text }
    return nil
  }

  /// That of the first decision with rows.
  fileprivate func slider(isCancelled: () -> Bool) -> ReportSlider? {
    for case .value(let value) in parts {
      if let slider = ReportSlider(value, isCancelled: isCancelled) { return slider }
    }
    return nil
  }
}

extension [ShownPart] {
  /// The parts as the prompt shows them, without empty lines at both ends.
  var text: String {
    map(\.text).joined(separator: "\n").withoutEmptyEnds
  }
}

extension String {
  /// The lines without empty ones at both ends.
  var withoutEmptyEnds: String {
    split(separator: "\n", omittingEmptySubsequences: false).trimming(while: \.isEmpty)
      .joined(separator: "\n")
  }
}

extension Value {
  /// As many as a legend names; the lines and labels of more would cover each other.
  private static let mostGroups = 12

  fileprivate var hasManyGroups: Bool {
    guard case .object(let object) = self else { return false }
    return (object.base as? any ResultsByGroup).map { $0.groupCount > Self.mostGroups } ?? false
  }

  /// What `plot` would draw of it, but for many groups.
  fileprivate var figure: Figure? {
    guard case .object(let object) = self, !hasManyGroups else { return nil }
    switch object.base {
    case let figure as FigureResult: return figure.content
    case let curves as GroupedResults<CurveResult>: return curves.drawnTogether
    case let calibrations as GroupedResults<CalibrationResult>: return calibrations.drawnTogether
    default: break
    }
    guard let drawable = object.base as? any Drawable else { return nil }
    return try? drawable.figure(PlotOptions())
  }
}
