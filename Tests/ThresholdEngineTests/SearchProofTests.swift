import Foundation
import TestSupport
import Testing
import ThresholdEngine

/// Proofs of searches against `scripts/certificate.py`, which shares no code with the engine.
@Suite struct SearchProofTests {
  private static let isLong = ProcessInfo.processInfo.environment["THR_LONG_FUZZ"] != nil
  /// A process checks many proofs, since starting Python takes longest.
  private static let checker = """
    import csv, json, pathlib, random, sys
    sys.dont_write_bytecode = True
    sys.path.insert(0, sys.argv[1]); import certificate
    random.seed(1); accepted = refused = 0
    def numbers(node):
        for key, x in node.items() if isinstance(node, dict) else enumerate(node):
            if isinstance(x, (dict, list)): yield from numbers(x)
            elif isinstance(x, (int, float)) and not isinstance(x, bool): yield node, key
    def verdict(cert, rows):
        try: return certificate.check(cert, iter(rows))
        except (ValueError, KeyError, TypeError, IndexError, ArithmeticError) as e: return repr(e)
    for path in sorted(pathlib.Path(sys.argv[2]).glob("*.json")):
        with open(path.with_suffix(".csv")) as data:
            rows = [(float(r[0]), int(r[1]), float(r[2])) for r in list(csv.reader(data))[1:]]
        cert = json.loads(path.read_text())
        fault = verdict(cert, rows)
        if fault: print(path, "refused:", fault)
        accepted += not fault
        for node, key in random.choices(list(numbers(cert)), k=10):
            kept = node[key]
            node[key] = kept + random.choice([-1, 1]) * max(1, abs(kept)) * random.choice([1e-3, 0.5, 1])
            if verdict(cert, rows): refused += 1
            else: print(path, key, kept, "->", node[key], "accepted")
            node[key] = kept
    print(accepted, refused)
    """

  private static let metrics: [Metric] = [
    .f1, .fBeta(2), .youden, .mcc, .accuracy, .balancedAccuracy, .cost(fp: 1, fn: 20), .gmean,
    .kappa, .jaccard, .closestTopleft, .netBenefit(0.2), .lrPlus, .lrMinus, .dor, 1 / .lrMinus,
    40 * .tp - 5 * .fp - 100 * .fn, .precision * .recall - .flagRate / 4,
  ]
  private static let constraints: [Constraint?] = [
    nil, nil, .precision >= 0.3, Metric.recall >= 0.5 && Metric.flagRate <= 0.9,
  ]

  private static var scripts: URL {
    URL(filePath: #filePath).appending(path: "../../../scripts").standardized
  }

  @Test(.enabled(if: isInstalled("python3"), "python3 is not installed"))
  func aCheckerAcceptsProofsAndRefusesMutations() throws {
    let instances = Self.isLong ? 1_000 : 30
    let folder = FileManager.default.temporaryDirectory.appending(path: "proofs-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var random = RandomScores(seed: 5)
    for instance in 0..<instances {
      let scores = try Self.scores(&random)
      let (metric, constraint) = (random.pick(Self.metrics), random.pick(Self.constraints))
      let tuning = try tune(
        scores, metric, goal: metric.direction ?? .maximise, where: constraint,
        infeasible: .nearest)
      guard tuning.isFeasible else { continue }
      let proof = try tuning.proof(on: scores)
      try proof.json.write(
        to: folder.appending(path: "\(instance).json"), atomically: false, encoding: .utf8)
      let lines = (0..<scores.count).map { row in
        "\(scores.values[row]),\(scores.labels[row] ? 1 : 0),\(scores.weights?[row] ?? 1)"
      }
      try ("score,label,weight\n" + lines.joined(separator: "\n")).write(
        to: folder.appending(path: "\(instance).csv"), atomically: false, encoding: .utf8)
    }
    let made = try FileManager.default.contentsOfDirectory(atPath: folder.path).count / 2
    #expect(made > instances / 2)
    #expect(try Self.verdicts(on: folder) == "\(made) \(10 * made)\n")
  }

  private static func verdicts(on folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", checker, scripts.path, folder.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }

  private static func scores(_ random: inout RandomScores) throws -> Scores {
    let rows = Int.random(in: 40...400, using: &random.generator)
    let decimals = random.pick([1e2, 1e3, 1e9])
    let isWeighted = Bool.random(using: &random.generator)
    let labels = (0..<rows).map { $0 < 2 ? $0 == 0 : Bool.random(using: &random.generator) }
    let values = labels.map { label in
      let draw = Double.random(in: 0...0.7, using: &random.generator) + (label ? 0.3 : 0)
      return (draw * decimals).rounded() / decimals
    }
    let weights = labels.map { _ in random.pick([0.5, 1.25, 8, 0.25]) }
    return try Scores(values: values, labels: labels, weights: isWeighted ? weights : nil)
  }

  @Test func thereIsNoneOfAChoiceOnAGrid() throws {
    let scores = try Scores(values: [0.2, 0.8], labels: [false, true])
    let tuning = try tune(scores, .f1, search: .grid(step: 0.1))
    #expect(throws: SearchProofError.notProvable) { try tuning.proof(on: scores) }
  }
}

private func isInstalled(_ program: String) -> Bool {
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
}
