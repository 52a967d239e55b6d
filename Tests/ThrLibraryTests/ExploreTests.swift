import Drawing
import TableIO
import Testing
import ThrModel
import ThresholdEngine

@testable import ThrLibrary

/// `explore` without a terminal: keys go in, lines and counts come out.
@Suite struct ExploreTests {
  private struct Draws: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  /// Scores with many ties, of which one in five is positive.
  private static func scores(_ count: Int, seed: UInt64, weighted: Bool = false) throws
    -> ScoredRows
  {
    var draws = Draws(state: seed)
    let labels = (0..<count).map { _ in Int.random(in: 0..<5, using: &draws) == 0 }
    let values = labels.map { label in
      (Double.random(in: 0..<1, using: &draws) * 500 + (label ? 150 : 0)).rounded() / 1_000
    }
    let weights = weighted ? values.map { _ in Double(Int.random(in: 0..<4, using: &draws)) } : nil
    return ScoredRows(try Scores(values: values, labels: labels, weights: weights))
  }

  private static let surface = Surface(width: 80, height: 24)

  private static func explorer(
    _ scores: ScoredRows..., metrics: [Metric] = [.f1, .precision, .recall]
  ) throws -> Explorer {
    Explorer(
      try scores.enumerated().map {
        try ExploredScores(
          scores.count > 1 ? "\($0.offset + 1)" : nil, $0.element, metrics, isCancelled: { false })
      }, metrics)
  }

  /// Counted row by row, by the definition.
  private static func counted(_ rows: ScoredRows, at threshold: Double?) -> Confusion {
    var counts = Confusion(
      truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)
    for (row, score) in rows.content.values.enumerated() {
      let weight = rows.content.weights?[row] ?? 1
      let isFlagged = threshold.map { score >= $0 } ?? false
      switch (rows.content.labels[row], isFlagged) {
      case (true, true): counts.truePositives += weight
      case (false, true): counts.falsePositives += weight
      case (false, false): counts.trueNegatives += weight
      case (true, false): counts.falseNegatives += weight
      }
    }
    return counts
  }

  private static let keys: [ScreenKey] = [
    .left, .right, .left, .left, .farLeft, .farRight, .home, .end, .character("m"), .up, .down,
    .mouse(column: 40, row: 3), .mouse(column: 75, row: 3), .character("c"), .right,
  ]

  @Test(arguments: [false, true])
  func countsEqualThoseOfEvaluateAtEachOf300Steps(weighted: Bool) throws {
    let rows = try Self.scores(700, seed: 5, weighted: weighted)
    var explorer = try Self.explorer(rows)
    var draws = Draws(state: 11)
    var seen: Set<Int> = []
    for _ in 0..<300 {
      let key = try #require(Self.keys.randomElement(using: &draws))
      _ = explorer.take(key, on: Self.surface)
      let place = explorer.places[0]
      seen.insert(place)
      let shown = explorer.scores[0].confusion(at: place)
      let decision = explorer.threshold.map(Decision.threshold) ?? .flagNothing
      let evaluation = evaluate(rows.content, at: decision)
      #expect(shown == evaluation.confusion && shown == Self.counted(rows, at: explorer.threshold))
      #expect(explorer.scores[0].plateau(at: place) == evaluation.plateau)
    }
    #expect(seen.count > 30)
  }

  @Test func everyLabellingIsOneStep() throws {
    let rows = try Self.scores(200, seed: 3)
    let distinct = Set(rows.content.values).sorted()
    var explorer = try Self.explorer(rows)
    _ = explorer.take(.home, on: Self.surface)
    for threshold in distinct {
      #expect(explorer.threshold == threshold)
      _ = explorer.take(.right, on: Self.surface)
    }
    #expect(explorer.threshold == nil)
    _ = explorer.take(.right, on: Self.surface)
    #expect(explorer.threshold == nil)
    _ = explorer.take(.left, on: Self.surface)
    #expect(explorer.threshold == distinct.last)
  }

  @Test func shiftMovesByOnePerCentOfTheRows() throws {
    let rows = try Self.scores(5_000, seed: 8)
    var explorer = try Self.explorer(rows)
    _ = explorer.take(.end, on: Self.surface)
    for step in 1...50 {
      _ = explorer.take(.farLeft, on: Self.surface)
      let share = explorer.scores[0].share(at: explorer.places[0])
      // A step starts where the last one arrived: half a tie, at most 0.2 % here, each time.
      #expect(abs(share - Double(step) / 100) < 0.002 * Double(step))
    }
  }

  @Test func goesToWhatTuneFinds() throws {
    let metrics: [Metric] = [.f1, .youden, .cost(fp: 1, fn: 3), .mcc]
    for seed in 1...20 as ClosedRange<UInt64> {
      let rows = try Self.scores(150, seed: seed)
      var explorer = try Self.explorer(rows, metrics: metrics)
      _ = explorer.take(.home, on: Self.surface)
      for metric in metrics {
        _ = explorer.take(.character("m"), on: Self.surface)
        let goal = try #require(metric.direction)
        let tuning = try tune(rows.content, metric, goal: goal)
        #expect(explorer.threshold == tuning.threshold, "\(metric), seed \(seed)")
      }
    }
  }

  @Test func comparesAtTheSameShareOfRowsOrTheSameThreshold() throws {
    let (one, other) = (try Self.scores(400, seed: 1), try Self.scores(400, seed: 2))
    var explorer = try Self.explorer(one, other)
    for _ in 0..<30 {
      _ = explorer.take(.left, on: Self.surface)
      let shares = zip(explorer.scores, explorer.places).map { $0.share(at: $1) }
      // No other labelling of the second is nearer to the first's share.
      let best = (0...explorer.scores[1].count).map {
        abs(explorer.scores[1].share(at: $0) - shares[0])
      }
      #expect(abs(shares[1] - shares[0]) == best.min())
    }
    _ = explorer.take(.character("f"), on: Self.surface)
    let counts = explorer.scores[1].confusion(at: explorer.places[1])
    #expect(counts == Self.counted(other, at: explorer.threshold))
    _ = explorer.take(.tab, on: Self.surface)
    #expect(explorer.active == 1)
  }

  @Test(arguments: [
    Surface(width: 80, height: 24), Surface(width: 80, height: 24, colour: true),
    Surface(width: 40, height: 12), Surface(width: 20, height: 5),
    Surface(width: 200, height: 60, colour: true), Surface(width: 80, height: 24, style: .ascii),
  ])
  func fitsTheScreen(surface: Surface) throws {
    let (one, other) = (try Self.scores(3_000, seed: 4), try Self.scores(3_000, seed: 6))
    for explorer in [try Self.explorer(one), try Self.explorer(one, other)] {
      var explorer = explorer
      for key in Self.keys {
        _ = explorer.take(key, on: surface)
        let lines = explorer.lines(on: surface)
        #expect(lines.count <= surface.height ?? 0)
        for line in lines {
          let plain = line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
          #expect(plain.count <= surface.width, "\(plain)")
          if !surface.colour { #expect(plain == line) }
          if surface.style == .ascii { #expect(line.allSatisfy { $0.isASCII }, "\(line)") }
        }
      }
    }
  }

  @Test func showsMatrixMetricsAndPlateau() throws {
    let rows = ScoredRows(
      try Scores(values: [0.1, 0.4, 0.6, 0.9], labels: [false, true, false, true]))
    let lines = try Self.explorer(rows).lines(on: Self.surface)
    // At 0.4, worked out by hand: both positives and one of two negatives are flagged.
    #expect(lines[1] == "threshold 0.4, flags 3 rows (75 %), best f1")
    #expect(lines[2] == "plateau (0.1, 0.4], labelling 3 of 4")
    let text = lines.joined(separator: "\n")
    for row in [#/positive +2 +0 +2/#, #/negative +1 +1 +2/#, #/all +3 +1 +4/#] {
      #expect(text.contains(row))
    }
    for value in [#/f1 +0\.800 +0\.800 +0\.4/#, #/precision +0\.667 +1\.000 +0\.9/#] {
      #expect(text.contains(value))
    }
  }

  @Test func writesTheStatementThatMakesIt() throws {
    let rows = try Self.scores(100, seed: 9)
    var explorer = try Self.explorer(rows)
    let named: (Value) -> String? = { $0 == rows.value ? "s" : nil }
    _ = explorer.take(.character("m"), on: Self.surface)
    #expect(explorer.statement(naming: named) == "t = tune(s, precision)")
    _ = explorer.take(.left, on: Self.surface)
    let statement = try #require(explorer.statement(naming: named))
    let threshold = try #require(Double(statement.dropFirst("t = ".count)))
    #expect(Self.counted(rows, at: threshold) == Self.counted(rows, at: explorer.threshold))
    _ = explorer.take(.end, on: Self.surface)
    #expect(explorer.statement(naming: named) == "t = none")
  }

  /// A screen whose user presses these keys, then this one.
  private func value(after keys: [ScreenKey], _ last: ScreenReaction) throws -> Value {
    let caller = Caller()
    var context = caller.context
    context.screen = { program in
      var program = program
      for key in keys { _ = program.take(key, on: Self.surface) }
      return ScreenEnding(program, last)
    }
    let builtin = try #require(Library.standard.builtin("explore"))
    let scores = try Self.scores(50, seed: 2)
    return try builtin.call(form: 1, [.value(scores.value), nil], in: context)
  }

  @Test func givesTheThresholdOrNone() throws {
    let scores = try Self.scores(50, seed: 2)
    #expect(try value(after: [.home], .accept) == .number(scores.content.values.min() ?? 0))
    #expect(try value(after: [.home], .leave) == .none)
    #expect(try value(after: [.end], .accept) == .none)
  }

  @Test func needsATerminal() throws {
    let run = LibraryRun("explore(scores([0.2, 0.9], [0, 1]))")
    #expect(run.codes == ["needs-terminal"])
  }
}
