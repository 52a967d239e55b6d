import Testing
import ThrModel
import ThrRuntime

@Suite struct ProgressTests {
  private func fractions(_ source: String) -> [Double] {
    let run = Run()
    run(source)
    return run.events.compactMap { event in
      if case .progress(let progress) = event { progress.fraction } else { nil }
    }
  }

  /// At any speed of the machine: each message is farther on than the one before, and none is late.
  @Test(arguments: [
    "for i in range(300000) { x = i + 1 }", "x = [i + 1 for i in range(300000)]",
    "for i in range(1000) { for j in range(300) { x = i + j } }",
    "fn f() { for i in range(300000) { x = i } }\nf()",
  ])
  func loopsReportTheirProgress(source: String) {
    let fractions = fractions(source)
    #expect(fractions == fractions.sorted())
    #expect(fractions.allSatisfy { (0...1).contains($0) })
  }

  @Test func aLoopAfterAFailureCountsFromItsBeginning() {
    let run = Run(isInteractive: true)
    run("for i in range(200000) { if i == 199999 { [1][2] } }")
    run("for i in range(200000) { x = i }")
    let fractions = run.events.compactMap { event in
      if case .progress(let progress) = event { progress.fraction } else { nil }
    }
    #expect(fractions.allSatisfy { (0...1).contains($0) })
  }
}
