/// A program as people write them, of any length.
enum Program {
  static func text(lines count: Int) -> String {
    var lines = ["data = synth(10000, 0.99)", "m = logreg(data.train)"]
    var step = 0
    while lines.count < count {
      step += 1
      lines += section(step)
    }
    return lines.prefix(count).joined(separator: "\n") + "\n"
  }

  private static func section(_ step: Int) -> [String] {
    [
      "# Step \(step): choose a threshold by the metric, and see how far it can be trusted",
      "s\(step) = scores(m, data.val)",
      "t\(step) = tune(s\(step), f1, step=0.001)",
      "print(\"step \(step): threshold {t\(step).threshold:.3f}, F1 {t\(step).value}\")",
      "fn profit\(step)(gain, loss=5) = gain*tp - loss*fp - \(step)*fn",
      "best\(step) = tune(s\(step), profit\(step)(40), where = precision >= 0.9 and flag_rate <= 2%)",
      "if best\(step).threshold != none {",
      "  e\(step) = evaluate(scores(m, data.train), best\(step))",
      "  e\(step).precision",
      "}",
      "costs\(step) = [tune(s\(step), cost(fp=1, fn=w)) for w in [1, 5, 10, 50]]",
      "",
    ]
  }
}
