import NumberText
import TableIO
import ThrModel
import ThresholdEngine

extension Builtin {
  static let report = Builtin(
    "report", .contracts, "A report of values, figures and texts, to write as one page.",
    documentation: """
      Each element of a list is a part of the page, in order: a text that begins with `#` is a
      heading, with `##` a subheading, any other text a paragraph; any other value appears as at the
      prompt, with a plot if `plot` takes it (of results by group, up to 12 groups). Lists of records, tables and results by group are tables
      that can be sorted and copied. The first decision, such as a tuning, gives the summary sentence at
      the top, and a slider over all thresholds that change a decision, with the confusion matrix,
      metrics, costs and curves at each.

      If the content is one decision, as in `report(t)`, the page also has the curves of its scores
      and, if these are from 0 to 1, their calibration.

      `write(report(…), "page.html")` writes one HTML file that needs no network, for light and dark
      screens, keyboards, screen readers and print; no text in it becomes code. To a file that ends in
      `.pdf` it writes A4 pages without the slider: figures as vectors, headers of tables again on
      each page, headings as an outline; this needs the library cairo. To one that ends in `.md` it
      writes Markdown. `thr report script.thr -o page.html` makes one of what a script shows.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      write(report(["# Fraud", tune(s, f1), plot(roc(s))]), "fraud.html")
      """, foreignNames: ["quarto", "rmarkdown"],
    Form(
      Parameter<Value>("content", "A value, or a list of texts, values and figures.")
    ) { context, content in
      if case .list(let list) = content, list.isTooLongToHold {
        throw CallError.tooLong(list.count, parameter: "content")
      }
      return try ReportResult(of: content, context)
    })
}

/// A page of values.
struct ReportResult: LanguageObject {
  static let typeName: ObjectType.Name = "report"

  let parts: [Part]

  init(parts: [Part]) { self.parts = parts }

  enum Part: Hashable {
    /// From level 1.
    case heading(Int, String)
    case paragraph(String)
    /// Lines that stand as they are.
    case block(String)
    case value(Value)
  }

  init(of content: Value, _ context: CallContext) throws {
    if case .list(let list) = content, list.contains(where: \.isPart) {
      parts = list.map(Part.init)
    } else {
      parts = [Part(content)] + (try Self.figures(of: content, context)).map(Part.value)
    }
  }
}

extension Value {
  /// Whether a list with it is a page, and no list of numbers.
  fileprivate var isPart: Bool {
    switch self {
    case .text, .object: true
    default: false
    }
  }
}

extension ReportResult.Part {
  init(_ value: Value) {
    guard case .text(let text) = value else {
      self = .value(value)
      return
    }
    let level = text.prefix { $0 == "#" }.count
    if level > 0, text.dropFirst(level).first == " " {
      self = .heading(min(level, 6), String(text.dropFirst(level + 1)))
    } else {
      self = .paragraph(text)
    }
  }
}

extension ObjectType {
  static let report = ObjectType(
    ReportResult.self, "A page of texts, values and figures.",
    members: [
      MemberOf("sentence", "Summary sentence of the first decision; none without one.") {
        $0.sentence
      },
      MemberOf("parts", .count, "Number of parts.") { $0.parts.count },
    ], line: { "report of \(counted($0.parts.count, "part"))" },
    text: { report in
      (["report of \(counted(report.parts.count, "part"))"] + [report.sentence].compactMap { $0 })
        .joined(separator: "\n")
    })
}

extension ReportResult {
  /// What the first decision in the report says.
  var sentence: String? {
    for case .value(.object(let object)) in parts {
      guard let decision = object.base as? any DecisionValue, let contract = try? decision.contract
      else { continue }
      return contract.sentence
    }
    return nil
  }
}

extension Contract {
  /// The decision, what it gives on the rows at hand, and what is claimed of new ones.
  fileprivate var sentence: String? {
    if isModelAlone { return nil }
    let overall = thresholdText.map { "Flag rows that score at least \($0)" } ?? "Flag nothing"
    let rule =
      groups.map { "By \($0.by.joined(separator: " and ")), else \(overall.lowercasedFirst)" }
      ?? overall
    let claims = clauses.map(\.claim).joined(separator: "; ")
    let promise = claims.isEmpty ? "" : " On new rows: \(claims)."
    guard let rows, let flagged = rows.flagged else { return rule + "." + promise }
    let rates = [Metric.precision, .recall].compactMap { metric in
      metric.value(of: rows.confusion).map { "\(metric) \($0.metricText)" }
    }
    let quality = rates.isEmpty ? "" : ", with " + rates.joined(separator: " and ")
    return "\(rule): \(flagged) here\(quality).\(promise)"
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
