import ThresholdEngine

/// Alarms of a monitor of `recall >= 0.9` over a year of daily looks at level 95 %.
struct MonitorStudy {
  let streams: Int
  private let days = 365
  private let limit = 20.0

  /// The day of the alarm, from 0; `nil` without one.
  private func alarm(_ positives: Int, _ draws: inout Draws, _ rate: (Int) -> Double) -> Int? {
    guard var process = EvidenceProcess(Limit(.recall, .greaterOrEqual, 0.9)) else { return nil }
    for day in 0..<days {
      process.take(hits: draws.hits(of: positives, rate: rate(day)), of: positives)
      if process.evidence >= limit { return day }
    }
    return nil
  }

  func run() {
    print("## monitor: recall >= 0.9 at level 95 %, \(streams) streams of \(days) days\n")
    print("| positives a day | recall, from day 60 on | alarms | median days from then |")
    print("|---|---|---|---|")
    for positives in [5, 20] {
      for (before, after) in [(0.9, 0.9), (0.93, 0.93), (0.93, 0.85), (0.93, 0.8), (0.93, 0.7)] {
        var draws = Draws(seed: UInt64(positives) &* 100 &+ UInt64(after * 100))
        let alarms = (0..<streams).map { _ in
          alarm(positives, &draws) { $0 < 60 ? before : after } ?? days
        }
        let share = Double(alarms.count { $0 < days }) / Double(streams)
        let median = alarms.sorted()[streams / 2]
        let delay = before == after || median == days ? "–" : "\(median - 60)"
        print("| \(positives) | \(before), \(after) | \(text(share)) | \(delay) |")
      }
    }
  }
}

/// Reads streams of standard input, a line each: the bound, the limit of the evidence, and for each
/// batch its hits and its rows; prints the batch of the alarm, or -1.
struct StreamReader {
  func run() {
    while let line = readLine() {
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      guard numbers.count >= 2,
        var process = EvidenceProcess(Limit(.recall, .greaterOrEqual, numbers[0]))
      else { continue }
      var alarm = -1
      for batch in stride(from: 2, to: numbers.count - 1, by: 2) where alarm < 0 {
        process.take(hits: Int(numbers[batch]), of: Int(numbers[batch + 1]))
        if process.evidence >= numbers[1] { alarm = batch / 2 - 1 }
      }
      print(alarm)
    }
  }
}
