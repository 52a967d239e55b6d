import Testing
import ThrModel
import ThrRuntime
import ThrSyntax

/// A saved program gives every name the value that it had in the session.
@Suite struct SliceTests {
  @Test(arguments: 0..<8)
  func savedProgramsGiveTheSameValues(block: UInt64) {
    for seed in block * 100..<(block + 1) * 100 {
      var random = RandomProgram(seed: seed)
      let session = Run(files: RandomProgram.files, isInteractive: true)
      var inputs = ["a = 1; b = 2; c = 3; d = 4", "fn f(x) = x + a; fn g(x) = x * 2"]
      for _ in 0...random.number(10) {
        inputs.append(
          (0...random.number(3)).map { _ in random.statement() }.joined(separator: "\n"))
      }
      for input in inputs { session(input) }
      let script = session.session.script(in: "")
      let again = Run(files: RandomProgram.files)
      let outcome = again(script, file: "saved.thr")
      let wanted = described(session)
      guard outcome == .finished, described(again) == wanted else {
        Issue.record(
          """
          seed \(seed): \(outcome)
          \(inputs.joined(separator: "\n---\n"))
          === saved as
          \(script)
          === \(wanted) became \(described(again))
          """)
        return
      }
    }
  }

  private func described(_ run: Run) -> [String] {
    // A value shown among other statements of an input gets a name of its own.
    run.session.variables.filter { !$0.name.hasPrefix("shown_") }.map { variable in
      switch variable.value {
      case .function(let function): "\(variable.name): function \(function.name)"
      case .number(let number): "\(variable.name): \(number.bitPattern)"
      case let value: "\(variable.name): \(run.display.line(value))"
      }
    }
  }
}
