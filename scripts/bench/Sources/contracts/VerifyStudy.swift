import ThresholdEngine

/// The verdicts on a clause `recall >= 0.9` at level 90 %, at several true rates.
struct VerifyStudy {
  let sets: Int

  func run() {
    print("## verify: recall >= 0.9 at level 90 %\n")
    print("| positives | true recall | fails | open | holds |\n|---|---|---|---|---|")
    for rows in [50, 200, 1_000, 5_000] {
      for rate in [0.95, 0.92, 0.9, 0.88, 0.85, 0.8] {
        var draws = Draws(seed: UInt64(rows) &* 1_000 &+ UInt64(rate * 100))
        var counts: [RateTest.Verdict: Int] = [:]
        for _ in 0..<sets {
          let hits = draws.hits(of: rows, rate: rate)
          let test = RateTest(
            Limit(.recall, .greaterOrEqual, 0.9), hits: hits, rows: rows, allowed: 0.1)
          counts[test.verdict, default: 0] += 1
        }
        let shares = [RateTest.Verdict.fails, .open, .holds].map {
          text(Double(counts[$0, default: 0]) / Double(sets))
        }
        print("| \(rows) | \(rate) | \(shares.joined(separator: " | ")) |")
      }
    }
    print("")
  }
}

/// How often the tests of drift report a difference at 5 %, where there is none and where there is.
struct DriftStudy {
  let sets: Int

  func run() {
    print("## Drift: share of p-values of 0.05 or less\n")
    print("| rows then, now | then | now | share |\n|---|---|---|---|")
    for (old, new) in [(200, 100), (1_000, 500), (10_000, 1_000)] {
      for (then, now) in [(0.02, 0.02), (0.1, 0.1), (0.5, 0.5), (0.1, 0.15), (0.02, 0.04)] {
        var draws = Draws(seed: UInt64(old) &+ UInt64(then * 1_000) &* 7_919 &+ UInt64(now * 1_000))
        var found = 0
        for _ in 0..<sets {
          let (a, b) = (draws.hits(of: old, rate: then), draws.hits(of: new, rate: now))
          let p = DriftTest.rates(a, of: old, and: b, of: new)
          if p <= 0.05 { found += 1 }
        }
        print("| \(old), \(new) | \(then) | \(now) | \(text(Double(found) / Double(sets))) |")
      }
    }
    print("")
  }
}
