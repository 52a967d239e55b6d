import Drawing
import JSONText
import TableIO
import Testing
import ThrLibrary
import ThrModel
import ThresholdEngine

/// A threshold as it is shown decides the same rows as the one that was chosen, wherever it is shown.
@Suite struct ShownThresholdTests {
  private static let metrics: [Metric] = [
    .f1, .youden, .gmean, .mcc, .accuracy, .cost(fp: 1, fn: 3),
  ]

  /// Scores of all sizes, many of them close to each other.
  private struct Sets {
    var generator = SplitMix(state: 31)
    private let sizes = [1e-7, 1e-3, 1.0, 1.0, 1.0, -1.0, 2_500.0, 1e7]
    private let blurs = [1.0, 1e-3, 1e-7, 1e-11]

    init() {}

    mutating func next(rows: ClosedRange<Int>) -> (values: [Double], labels: [Double]) {
      let count = Int.random(in: rows, using: &generator)
      let size = sizes.randomElement(using: &generator) ?? 1
      let blur = blurs.randomElement(using: &generator) ?? 1
      let centre = Double.random(in: 0..<1, using: &generator)
      let values = (0..<count).map { _ in
        size * (centre + blur * Double.random(in: 0..<1, using: &generator))
      }
      return (values, values.map { _ in Bool.random(using: &generator) ? 1 : 0 })
    }
  }

  @Test func everyDisplayOfATuning() throws {
    var sets = Sets()
    let caller = Caller()
    for round in 0..<10_000 {
      let (values, labels) = sets.next(rows: 2...30)
      let scores = try caller.call("scores", values, labels)
      let metric = Self.metrics[round % Self.metrics.count]
      guard let tuning = try? caller.call("tune", scores, metric),
        case .number(let threshold) = try tuning.member("threshold")
      else { continue }
      let flags = values.map { $0 >= threshold }
      for text in try texts(tuning, scores, caller) {
        let shown = try #require(text.shownThreshold, "\(text)")
        #expect(values.map { $0 >= shown } == flags, "\(text) for \(threshold) of \(values)")
      }
      for exact in try exactly(tuning, caller) {
        #expect(exact == threshold, "\(exact) for \(threshold)")
      }
      expectPlateau(caller.display.line(try tuning.member("plateau")), values, flags)
    }
  }

  /// The line, the hint, the full text and the row of a table; of an evaluation too.
  private func texts(_ tuning: Value, _ scores: Value, _ caller: Caller) throws -> [String] {
    let display = caller.display
    let evaluation = try caller.call("evaluate", scores, tuning)
    var texts: [String] = []
    for value in [tuning, evaluation] {
      texts += [display.line(value), display.hint(value)]
      let table = display.full(.list(List([value, value])))
      texts.append("threshold " + (table.column("threshold") ?? "missing"))
    }
    let full = display.full(tuning).split(separator: "\n")[0]
    texts.append("threshold " + full.drop { $0 != " " }.drop { $0 == " " })
    texts.append(display.full(evaluation))
    return texts
  }

  /// What other programs read gives the very threshold: JSON, the rule, and CSV of one and of several
  /// tunings.
  private func exactly(_ tuning: Value, _ caller: Caller) throws -> [Double?] {
    let json = try JSON(parsing: tuning.json(Library.standard).description)
    let rule = json["rule"]?.string ?? ""
    _ = try caller.call("write", tuning, "one.csv")
    _ = try caller.call("write", Value.list(List([tuning, tuning])), "two.csv")
    return try [json["threshold"]?.number, Double(rule.split(separator: " ").last ?? "")]
      + ["one.csv", "two.csv"].map { name in
        let table = try Table.read(name, from: caller.files).table
        guard case .number(let number)? = table["threshold"]?[0] else { return nil }
        return number
      }
  }

  /// Every threshold between the ends shown gives the same labels.
  private func expectPlateau(_ text: String, _ values: [Double], _ flags: [Bool]) {
    let ends = text.dropFirst().dropLast().split(separator: ", ").map { Double($0) }
    if let lower = ends[0] {
      #expect(values.map { $0 > lower } == flags, "\(text)")
      if let upper = ends[1] { #expect(lower < upper, "\(text)") }
    }
    if let upper = ends[1] { #expect(values.map { $0 >= upper } == flags, "\(text)") }
  }

  @Test func sweepsPlotsIntervalsAndMessages() throws {
    var sets = Sets()
    sets.generator.state = 77
    let caller = Caller()
    for _ in 0..<500 {
      let (values, labels) = sets.next(rows: 4...16)
      guard Set(labels).count == 2 else { continue }
      let scores = try caller.call("scores", values, labels)
      try expectSweep(try caller.call("sweep", scores, Metric.f1), values, caller)
      try expectMarks(try caller.call("plot", caller.call("roc", scores)), values, labels)
      try expectInterval(scores, caller)
      try expectMessage(scores, values, caller)
    }
  }

  private func expectSweep(_ sweep: Value, _ values: [Double], _ caller: Caller) throws {
    let lines = caller.display.full(sweep).split(separator: "\n").dropFirst(2)
    let shown = lines.compactMap { $0.split(separator: " ").first.flatMap { Double($0) } }
    let distinct = Set(values).sorted()
    #expect(shown.count == distinct.count)
    for (text, score) in zip(shown, distinct) {
      #expect(values.map { $0 >= text } == values.map { $0 >= score })
    }
  }

  private func expectMarks(_ plot: Value, _ values: [Double], _ labels: [Double]) throws {
    let figure = try #require(FigureResult(plot)).content
    for mark in figure.marks {
      guard let shown = mark.label.shownThreshold else { continue }
      let flagged = zip(values, labels).filter { $0.0 >= shown }
      let recall = Double(flagged.count { $0.1 == 1 }) / Double(labels.count { $0 == 1 })
      #expect(abs(recall - mark.y) < 1e-9, "\(mark.label) of \(values)")
    }
  }

  private func expectInterval(_ scores: Value, _ caller: Caller) throws {
    let tuning = try caller.call("tune", scores, Metric.f1, named: ["bootstrap": 20.0])
    let interval = try tuning.member("interval")
    // Rows of a class may be too few for one.
    if interval == .none { return }
    let text = caller.display.line(interval)
    let ends = text.components(separatedBy: " – ").map { Double($0) }
    guard case .number(let lower) = try interval.member("lower"),
      case .number(let upper) = try interval.member("upper"), let first = ends[0],
      let last = ends[ends.count - 1]
    else { return }
    #expect(lower <= first && first <= last && last <= upper, "\(text)")
  }

  private func expectMessage(_ scores: Value, _ values: [Double], _ caller: Caller) throws {
    let impossible = Metric.recall >= 0.5 && Metric.tp > 40
    let message = caller.fault {
      try $0.call("tune", scores, Metric.f1, named: ["where": Value.constraint(impossible)])
    }
    let nearest = try caller.call(
      "tune", scores, Metric.f1,
      named: ["where": Value.constraint(impossible), "infeasible": "nearest"])
    let place = try #require(message.range(of: "the nearest is "))
    guard case .number(let threshold) = try nearest.member("threshold") else { return }
    let shown = try #require(String(message[place.upperBound...]).shownThreshold)
    #expect(values.map { $0 >= shown } == values.map { $0 >= threshold }, "\(message)")
    #expect(try nearest.member("outcome") == .text("infeasible"))
  }

  @Test(arguments: [
    (0.01615284, 0.016011, "0.016152"), (0.25603535, 0.2505, "0.256035"), (0.251, 0.25, "0.251"),
    (0.12345678901, 0.123456789, "0.12345678901"), (1.5e-7, 1e-7, "1.5e-07"),
    (-0.01615284, -0.0162, "-0.016153"), (1e300, 1, "1e+300"), (0, -1, "0"),
    (.infinity, 1, "inf"),
  ])
  func theShortestOfAtLeastSixDecimals(threshold: Double, lower: Double, text: String) throws {
    let caller = Caller()
    let scores = try caller.call("scores", [lower, threshold], [0.0, 1])
    let line = caller.display.line(try caller.call("tune", scores, Metric.f1))
    #expect(line == "tuning: threshold \(text), f1 1.000")
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension String {
  /// The number after “threshold ”, “θ ” or “at ”.
  fileprivate var shownThreshold: Double? {
    for word in ["threshold ", "θ ", "at "] {
      guard let range = ranges(of: word).first else { continue }
      return Double(self[range.upperBound...].prefix { !" ,:;\n)".contains($0) })
    }
    return nil
  }

  /// The first cell of a column of a table.
  fileprivate func column(_ name: String) -> String? {
    let blocks = split(separator: "\n\n", omittingEmptySubsequences: true)
    for block in blocks {
      let lines = block.split(separator: "\n")
      guard let place = lines[0].ranges(of: name).first else { continue }
      let end = lines[0].distance(from: lines[0].startIndex, to: place.upperBound)
      let cell = lines[1].prefix(end)
      return cell.split(separator: " ").last.map(String.init)
    }
    return nil
  }

  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator).map(String.init)
  }

  fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}
