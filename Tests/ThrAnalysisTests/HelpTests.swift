import Testing
import ThrAnalysis
import ThrModel
import ThrSyntax
import ToyLibrary

private let help = HelpText(Library.toy.vocabulary)

@Test func writesAFunctionForTerminals() throws {
  let text = try #require(help.text(on: "logreg"))
  #expect(
    text == """
      logreg
      Fits a model.

        logreg(data: dataset, c: number = 1, class_weight: text = none) → model

        data          The rows.
        c             Penalty. Must be above 0 and at most 1000000000000.
        class_weight  Weights. One of "balanced".

      Example
        logreg(synth(10, 0.5))
      """)
}

@Test func writesAFunctionAsMarkdown() throws {
  let document = try #require(help.document(on: "calibrate"))
  #expect(
    document.markdown == """
      ### calibrate

      Calibrates scores.

      ```thr
      calibrate(scores: scores) → scores
      ```

      - `scores`: The scores.

      ```thr
      calibrate(model: model, rows: dataset) → model
      ```

      - `model`: The model.
      - `rows`: The rows.

      ### Example

      ```thr
      calibrate(scores([0.5], [1]))
      ```
      """)
}

@Test func showsAFunctionAndATypeOfOneName() throws {
  let text = try #require(help.text(on: "scores"))
  #expect(text.contains("scores(model: model, rows: dataset) → scores"))
  #expect(text.contains("The type scores"))
  #expect(text.contains("score  list of numbers. The scores."))
}

@Test func breaksProseIntoLines() {
  let document = HelpDocument(prose: "one two three\nfour five\n\n    kept  as it is\n\nsix")
  #expect(document.text(width: 13) == "one two three\nfour five\n\n  kept  as it is\n\nsix")
}

@Test func knowsEveryName() {
  let vocabulary = Library.toy.vocabulary
  let words: [String] = [
    "if", "else", "for", "in", "use", "and", "or", "not", "true", "false", "none", "fn", "|>",
  ]
  let types: [String] = vocabulary.types.map(\.name.rawValue)
  for name in vocabulary.names + types + words {
    #expect(help.text(on: name) != nil, "\(name)")
  }
  #expect(help.text(on: "nonsense") == nil)
  #expect(help.nearest(to: "sinth") == "synth")

  for name in vocabulary.names { #expect(help.overview.contains("  \(name)  ")) }
}

@Test func showsExamplesThatAreRight() throws {
  for name in ["=", "if", "for", "fn", "|>", "and", "==", "<", "in", "+", "[", "{", "\"", "#"] {
    let document = try #require(help.document(on: name), "\(name)")
    guard case .code(let example)? = document.parts.last else {
      Issue.record("\(name)")
      continue
    }
    #expect(parse(example).diagnostics.isEmpty, "\(name)")
    #expect(analyse(example).diagnostics.isEmpty, "\(name)")
  }
}

@Test func findsParametersAndMembers() throws {
  let parameter = try #require(help.text(on: "class_weight"))
  #expect(parameter.contains("logreg(class_weight=)"))
  #expect(parameter.contains("Weights. One of \"balanced\"."))
  let member = try #require(help.text(on: "threshold"))
  #expect(member.contains("tuning.threshold"))
  #expect(help.text(on: "no_such_name") == nil)
}
