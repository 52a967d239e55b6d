@preconcurrency import Glibc
import ThresholdEngine

/// thr's side of the benchmarks: one job, its data loaded, one turn per line read.
///
/// Each turn answers `SECONDS ANSWER…`; a short job is repeated until 30 ms have gone.
enum Bench {
  static func run() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let job = job(arguments[1], folder: arguments[2]) else {
      print("usage: thr-bench JOB FOLDER, or thr-bench synth|synth-fast ROWS")
      exit(2)
    }
    answer("ready")
    while readLine() != nil {
      var repeats = 0
      var answers: () -> [Double] = { [] }
      let clock = ContinuousClock()
      let start = clock.now
      var elapsed = Duration.zero
      repeat {
        answers = job.turn()
        repeats += 1
        elapsed = clock.now - start
      } while elapsed < .milliseconds(30)
      let seconds = elapsed / .seconds(1) / Double(repeats)
      answer("\(seconds) " + answers().map(\.description).joined(separator: " "))
    }
  }

  /// What is timed, and what then gives the answer.
  struct Job {
    let turn: () -> () -> [Double]
  }

  private static func answer(_ line: String) {
    print(line)
    fflush(stdout)
  }

  private static func job(_ name: String, folder: String) -> Job? {
    switch name {
    case "sweep": tuning(rows(folder), .f1, search: .grid(from: nil, to: nil, step: 0.001))
    case "synth": Int(folder).map { synthesis($0, .numpy) }
    case "synth-fast": Int(folder).map { synthesis($0, .fast) }
    case "delong": comparison(folder)
    case "folds": folds(folder)
    case "logreg": fit(folder)
    case "bootstrap": bootstrap(folder)
    default: search(name, folder) ?? curve(name, folder)
    }
  }

  /// Two areas and the variance of their difference; each turn sorts the scores again.
  private static func comparison(_ folder: String) -> Job {
    let (values, labels) = (doubles(folder + "/scores.f64"), labels(folder))
    return Job {
      let noisier = values.indices.map {
        values[$0] + 0.05 * fmod(Double($0) * 0.6180339887498949, 1)
      }
      let both = [values, noisier].compactMap { try? Scores(values: $0, labels: labels) }
      guard let found = try? DeLong(both) else { return { [] } }
      let covariance = found.covariance
      return {
        found.areas + [covariance[0][0] + covariance[1][1] - 2 * covariance[0][1]]
      }
    }
  }

  /// 1,000 bootstrap samples; what they come to depends on the draws, so that nothing is answered.
  private static func bootstrap(_ folder: String) -> Job {
    guard let scores = try? rows(folder).scores(), let tuning = try? tune(scores, .f1) else {
      fatalError("no threshold")
    }
    return Job {
      let found = try? ThresholdEngine.bootstrap(scores, tuning)
      return { found == nil ? [0] : [] }
    }
  }

  /// Columns in memory, as a program has them.
  struct Rows: Sendable {
    let values: [Double]
    let labels: [Bool]
    let weights: [Double]?

    func scores() throws -> Scores {
      try Scores(values: values, labels: labels, weights: weights)
    }
  }

  static func rows(_ folder: String, weights: Bool = false) -> Rows {
    Rows(
      values: doubles(folder + "/scores.f64"), labels: labels(folder),
      weights: weights ? doubles(folder + "/weights.f64") : nil)
  }

  static func labels(_ folder: String) -> [Bool] {
    bytes(folder + "/labels.u8").map { $0 == 1 }
  }

  static func doubles(_ path: String) -> [Double] {
    bytes(path).withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
  }

  private static func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fatalError("cannot read \(path)") }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = fread(buffer.baseAddress, 1, size, file)
    }
  }
}
