import Foundation
import TestSupport
import Testing
import ThrModel
import ThresholdEngine

@testable import ThrLibrary

extension Draws {
  /// A number from 0 to below 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// Exported code against `classify`, run by the languages themselves where they are installed.
@Suite struct ExportTests {
  /// Thresholds that a language might round, or has no word for.
  static let thresholds: [Double?] = [
    0.5, 0.0418, 0.1 + 0.2, 1.0 / 3, .leastNonzeroMagnitude, 1e-300, .leastNormalMagnitude, -0.25,
    0, 1e22, 1e23,
    123_456_789.123_456_79, .greatestFiniteMagnitude, .infinity, -.infinity, nil, 0.1,
    Double(Float(0.1)), -1.7e308, 2.5e-7,
  ]

  /// 10,000 scores: at each threshold, an ulp beside it, in single precision, infinite and random.
  static let scores: [Double] = {
    var draws = Draws(seed: 7)
    let near = thresholds.compactMap { $0 }.flatMap {
      [$0, $0.nextUp, $0.nextDown, -$0, Double(Float($0))]
    }
    let rest = (0..<10_000 - near.count).map { index -> Double in
      switch index % 4 {
      case 0: draws.uniform()
      case 1: Double(Float(draws.uniform()))
      case 2: Double((draws.uniform() * 1_000).rounded()) / 1_000
      default: Double(sign: .plus, exponent: draws.below(2_000) - 1_000, significand: 1.5)
      }
    }
    return near + rest
  }()

  static func isInstalled(_ program: String) -> Bool {
    (try? run(program, ["--version"])) != nil
  }

  static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = Pipe()
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What a program prints that decides all scores by each exported file: a line of 0 and 1 for
  /// each threshold, and of a missing score and one that is no number at its end.
  func decisions(
    _ program: String, _ script: String, _ format: ExportFormat, ending: String
  ) throws -> [String] {
    let folder = try TemporaryFolder()
    let text = Self.scores.map { "\($0)" }.joined(separator: "\n")
    func write(_ text: String, to name: String) throws {
      try Data(text.utf8).write(to: folder.url.appending(path: name))
    }
    try write(text, to: "scores.txt")
    try write(script, to: "script")
    for (index, threshold) in Self.thresholds.enumerated() {
      let rule = ExportedRule(
        Contract(threshold.map(Decision.threshold) ?? .flagNothing, kind: "number"))
      try Data(rule.bytes(in: format))
        .write(to: folder.url.appending(path: "d\(index).\(ending)"))
    }
    let file = folder.url.appending(path: "script").path
    let arguments = [file, folder.url.path, "\(Self.thresholds.count)"]
    return try Self.run(program, arguments).split(separator: "\n").map(String.init)
  }

  static let expected = thresholds.map { threshold in
    scores.map { score in threshold.map { score >= $0 } == true ? "1" : "0" }.joined() + "--"
  }

  @Test(.enabled(if: isInstalled("python3"), "python3 is not installed"))
  func python() throws {
    let script = """
      import runpy, sys
      folder, count = sys.argv[1], int(sys.argv[2])
      scores = [float(x) for x in open(folder + "/scores.txt")]
      for i in range(count):
          flag = runpy.run_path(f"{folder}/d{i}.py")["flag"]
          all = [flag(x) for x in scores + [None, float("nan")]]
          print("".join("-" if x is None else str(x) for x in all))
      """
    #expect(try decisions("python3", script, .code(.python), ending: "py") == Self.expected)
  }

  @Test(.enabled(if: isInstalled("python3"), "python3 is not installed"))
  func sqlite() throws {
    let script = """
      import sqlite3, sys
      folder, count = sys.argv[1], int(sys.argv[2])
      scores = [float(x) for x in open(folder + "/scores.txt")] + [None, float("nan")]
      db = sqlite3.connect(":memory:")
      db.execute("create table r (id integer primary key, score real)")
      db.executemany("insert into r (score) values (?)", [(x,) for x in scores])
      for i in range(count):
          rule = open(f"{folder}/d{i}.sql").read()
          all = db.execute(f"select {rule} from r order by id").fetchall()
          print("".join("-" if x is None else str(x) for (x,) in all))
      """
    #expect(try decisions("python3", script, .code(.sql), ending: "sql") == Self.expected)
  }

  @Test(.enabled(if: isInstalled("node"), "node is not installed"))
  func javaScript() throws {
    let script = """
      const [folder, count] = process.argv.slice(2);
      const text = require("fs").readFileSync(folder + "/scores.txt", "utf8");
      const number = (x) => x === "inf" ? Infinity : x === "-inf" ? -Infinity : Number(x);
      const scores = text.split("\\n").map(number).concat([null, NaN]);
      for (let i = 0; i < Number(count); i++) {
        const { flag } = require(folder + "/d" + i + ".js");
        console.log(scores.map((x) => flag(x) === null ? "-" : flag(x)).join(""));
      }
      """
    #expect(try decisions("node", script, .code(.javascript), ending: "js") == Self.expected)
  }

  /// Of an array in single precision, its exact numbers are compared.
  @Test(.enabled(if: isInstalled("node"), "node is not installed"))
  func singlePrecision() throws {
    let rule = try ExportedRule(Contract(.threshold(0.1), kind: "number")).text(in: .javascript)
    let check = "console.log([...new Float32Array([0.1, 0.09999999])].map(flag).join())"
    // The nearest Float of 0.1 is greater than the Double.
    #expect(try Self.run("node", ["-e", rule + check]) == "1,0\n")
  }
}
