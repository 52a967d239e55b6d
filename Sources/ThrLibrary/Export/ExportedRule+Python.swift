import JSONText
import TableIO
import ThresholdEngine

extension ExportedRule {
  var python: String {
    let imports =
      groups == nil
      ? model == nil ? nil : "import math\n"
      : model == nil ? "import unicodedata\n" : "import math\nimport unicodedata\n"
    let constants = isModelAlone ? nil : "THRESHOLD = \(pythonThreshold(decision))\n"
    let rule = isModelAlone ? nil : groups.map(pythonGroups) ?? pythonFlag
    let head = joined(["# \(comment)\n", imports, constants], separator: "")
    return joined([head, rule, model.map(pythonModel)], separator: "\n\n")
  }

  private func pythonThreshold(_ decision: Decision) -> String {
    decision.threshold?.pythonText ?? "None  # nothing is flagged"
  }

  private var pythonFlag: String {
    """
    def flag(score):
        \"\"\"1 if the row is flagged, 0 if not, None for a missing score.\"\"\"
        if score is None:
            return None
        score = float(score)  # a numpy.float32 would round the threshold
        if score != score:
            return None
        return \(decision.threshold == nil ? "0" : "1 if score >= THRESHOLD else 0")

    """
  }

  private func pythonGroups(_ groups: GroupedDecision) -> String {
    let entries = groups.thresholds.map { group in
      let cells = group.group.cells.map { $0.codeText(\.pythonText, missing: "None") }
      return "    ([\(cells.joined(separator: ", "))], "
        + "\(group.decision.threshold?.pythonText ?? "None")),\n"
    }
    return """
      def _cell(value):
          if value is None or value != value:
              return None
          if isinstance(value, str):
              return unicodedata.normalize("NFC", value)
          return float(value)


      # The columns that make the groups; a threshold of None flags nothing.
      GROUPED_BY = \(groups.by.codeList)
      THRESHOLDS = {tuple(map(_cell, group)): threshold for group, threshold in [
      \(entries.joined())]}


      def flag(score, *group):
          \"\"\"1 if the row is flagged, 0 if not, None for a missing score.

          After the score come the row's values of GROUPED_BY, in that order.
          \"\"\"
          if len(group) != len(GROUPED_BY):
              raise TypeError("flag takes the score and the values of GROUPED_BY")
          if score is None:
              return None
          score = float(score)  # a numpy.float32 would round the threshold
          if score != score:
              return None
          threshold = THRESHOLDS.get(tuple(map(_cell, group)), THRESHOLD)
          return 0 if threshold is None else 1 if score >= threshold else 0

      """
  }

  /// The logistic function is thr's own, operation by operation: the same bits on every machine.
  private func pythonModel(_ model: LogisticModel) -> String {
    let coefficients = model.coefficients.map(\.pythonText).joined(separator: ", ")
    return """
      FEATURES = \(model.featureNames.codeList)
      COEFFICIENTS = [\(coefficients)]
      INTERCEPT = \(model.intercept.pythonText)


      def score(row):
          \"\"\"The probability of being positive, None where a feature is missing.

          `row` gives each feature by its name.
          \"\"\"
          total = 0.0
          for name, coefficient in zip(FEATURES, COEFFICIENTS):
              value = row[name]
              if value is None or value != value:
                  return None
              total += coefficient * float(value)
          total += INTERCEPT
          if total < 0:
              odds = _exponential(total)
              return odds / (1.0 + odds)
          return 1.0 / (1.0 + _exponential(-total))


      def _exponential(x):
          if x != x:
              return x
          if not x > -745.2:
              return 0.0
          n = (x * \(Logistic.inverse) + \(Logistic.shifter)) - \(Logistic.shifter)
          r = (x - n * \(Logistic.high)) - n * \(Logistic.low)
          tail = 1.0 / 6227020800
          for factorial in (\(Logistic.factorials)):
              tail = tail * r + 1.0 / factorial
          tail = tail * r + 0.5
          return math.ldexp(1.0 + (r + r * r * tail), int(n))

      """
  }
}

/// The constants of the logistic function, as source text of any language.
enum Logistic {
  static let inverse = (0x1.71547652b82fep0).shortestCode
  static let shifter = "6755399441055744.0"
  static let high = (0x1.62e42fefa3800p-1).shortestCode
  static let low = (0x1.ef35793c76730p-45).shortestCode
  static let factorials = "479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6"
}
