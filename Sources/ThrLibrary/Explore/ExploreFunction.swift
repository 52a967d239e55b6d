import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let explore = Builtin(
    "explore", .curves,
    "Interactive slider for the threshold, with its metrics and its confusion matrix.",
    documentation: """
      Left and Right move the threshold to the next one that changes a label, with Shift by one per \
      cent of the rows, Home and End to the ends, `m` to the best threshold by the next metric. The \
      confusion matrix, the metrics, the point on the curve and the plateau are updated. Enter returns \
      the threshold as the value of the call; `s` does too, and writes the statement that makes it \
      into the next input; `q`, Escape or Ctrl-C leave without one. A mouse moves the slider too.

      A list or a record of scores compares them: Tab selects the one to move, and the others are set \
      to the same share of rows flagged, or, after `f`, to the same threshold.

      It needs a terminal and the prompt; in scripts `sweep(s, [f1, precision, recall])` gives the \
      same figures as a table.
      """,
    effect: .interacts,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      t = explore(s, [f1, cost(fp=1, fn=5)])
      """,
    Form(.model, .rows(.chooses), .exploredMetrics) { context, model, rows, metrics in
      let scores = try model.scores(of: rows)
      return try explore([(nil, scores)], metrics, context)
    },
    Form(
      Parameter<ScoredRows>("scores", use: .chooses, "The scores to choose a threshold on."),
      .exploredMetrics
    ) { context, scores, metrics in try explore([(nil, scores)], metrics, context) },
    Form(
      Parameter<[ScoredRows]>("scores", use: .chooses, "The scores to compare."), .exploredMetrics
    ) { context, scores, metrics in
      try explore(
        scores.enumerated().map { (scores.count > 1 ? "\($0.offset + 1)" : nil, $0.element) },
        metrics, context)
    },
    Form(Parameter<Record>("scores", "The scores to compare, by name."), .exploredMetrics) {
      context, record, metrics in
      try explore(
        record.fields.map { field throws(CallError) in
          guard let scores = ScoredRows(field.value) else { throw .notScores(field.name) }
          return (field.name, scores)
        }, metrics, context)
    })

  private static func explore(
    _ scores: [(name: String?, scores: ScoredRows)], _ metrics: MetricsArgument,
    _ context: CallContext
  ) throws -> Double? {
    guard !scores.isEmpty else { throw CallError.noScores }
    for metric in metrics.content { try metric.demands.refuseSearched() }
    guard let screen = context.screen else { throw CallError.needsTerminal }
    let metrics = metrics.content.isEmpty ? Explorer.standardMetrics : metrics.content
    let explorer = Explorer(
      try scores.map { try ExploredScores($0, $1, metrics, isCancelled: context.isCancelled) },
      metrics)
    let ending = screen(explorer)
    try context.checkCancelled()
    guard ending.reaction != .leave, let explorer = ending.program as? Explorer else { return nil }
    return explorer.threshold
  }
}

extension Parameter<MetricsArgument> {
  fileprivate static var exploredMetrics: Self {
    Parameter(
      "metrics", default: MetricsArgument(Explorer.standardMetrics),
      "The metrics and costs to show: a metric, or a list of them.")
  }
}

extension CallError {
  fileprivate static let needsTerminal = CallError(
    .needsTerminal, "`explore` needs a terminal and the prompt",
    remedy: "run `thr` and call it there; in a script, `sweep(s, [f1, precision, recall])` gives "
      + "the same figures as a table")

  fileprivate static let noScores = CallError(
    .unsuitableArgument, "the list of scores is empty", remedy: "name at least one: `explore(s)`",
    parameter: "scores")

  fileprivate static func notScores(_ field: String) -> CallError {
    CallError(
      .unsuitableArgument, "`\(field)` of the record does not hold scores",
      remedy: "write scores only: `explore({old: s1, new: s2})`", parameter: "scores")
  }
}

extension Diagnostic.Kind {
  public static let needsTerminal = Diagnostic.Kind(
    "E0425", "needs-terminal",
    explanation: .init(
      """
      `explore` is interactive: it runs only at the prompt, in a terminal. In a script, `sweep` gives \
      the same figures as a table.
      """,
      wrong: """
        s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
        explore(s)
        """,
      right: """
        s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
        sweep(s, [f1, precision, recall])
        """))
}
