public import Drawing
public import ThrModel

/// A figure of the language: what is shown, before it is drawn.
public struct FigureResult: LanguageObject {
  public static let typeName: ObjectType.Name = "figure"

  public let content: Figure

  init(_ content: Figure) { self.content = content }

  /// Cheap: the title and the sizes stand for all, equality compares each point.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(content.title)
    hasher.combine(content.marks)
    for series in content.series { hasher.combine(series.x.count) }
  }
}

extension ObjectType {
  static let figure = ObjectType(
    FigureResult.self, "A plot: shown in the terminal, or written to an SVG, PNG or PDF file.",
    members: [
      MemberOf("title", "The title.") { $0.content.title },
      MemberOf("description", "A description of the plot in words.") {
        $0.content.spokenDescription
      },
      MemberOf("x_label", "Label of the horizontal axis.") { $0.content.xAxis.label },
      MemberOf("y_label", "Label of the vertical axis.") { $0.content.yAxis.label },
      MemberOf("series", "The lines and areas: their `name`, `x` and `y`.") {
        List($0.content.series.map(\.record))
      },
      MemberOf("marks", "The marked points: their `x`, `y` and `label`.") {
        List($0.content.marks.map(\.record))
      },
      MemberOf("rules", "The lines across the whole plot: their `axis`, `at` and `label`.") {
        List($0.content.rules.map(\.record))
      },
    ],
    hint: { "figure: \($0.content.title)" }, line: { "figure: \($0.content.summary)" },
    text: { $0.content.text(on: $1) })
}

extension Figure {
  /// The figure drawn in characters, as wide as the surface and as tall as suits that.
  func text(on surface: Surface) -> String {
    if !surface.drawsFigures { return "" }
    // Two lines are for the prompts around the plot.
    let room = surface.height.map { max($0 - 2, 1) } ?? .max
    let height = min(max(surface.width * 9 / 32, 14), 34, room)
    return terminal(
      width: surface.width, height: height, colour: surface.colour, style: surface.style)
  }
}

extension Figure.Series {
  /// What `--json` says of it; bars reach from one `x` to the next.
  fileprivate var record: Value {
    .record(
      Record([
        .init("name", .text(name)), .init("x", Numbers(x).value), .init("y", Numbers(y).value),
      ]))
  }
}

extension Figure.Mark {
  fileprivate var record: Value {
    .record(
      Record([.init("x", x.value), .init("y", y.value), .init("label", .text(label))]))
  }
}

extension Figure.Rule {
  fileprivate var record: Value {
    .record(
      Record([
        .init("axis", .text(direction == .vertical ? "x" : "y")), .init("at", value.value),
        .init("label", .text(label)),
      ]))
  }
}

extension FigureResult: HoldsMemory {
  public var footprint: Int { content.series.reduce(1_024) { $0 + 16 * $1.x.count } }
}
