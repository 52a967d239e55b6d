import JSONText
import TableIO
import ThresholdEngine

extension ExportedRule {
  var javaScript: String {
    let rule = isModelAlone ? nil : groups.map(javaScriptGroups) ?? javaScriptFlag
    let constants = isModelAlone ? nil : "const THRESHOLD = \(javaScriptThreshold)\n"
    let names = [
      isModelAlone ? nil : "flag, THRESHOLD", groups == nil ? nil : "GROUPED_BY, THRESHOLDS",
      model == nil ? nil : "score, FEATURES",
    ]
    let exports = joined(names, separator: ", ")
    let end = "if (typeof module !== \"undefined\") module.exports = { \(exports) };\n"
    let head = joined(["// \(comment)\n", constants], separator: "")
    return joined([head, rule, model.map(javaScriptModel), end], separator: "\n")
  }

  private var javaScriptThreshold: String {
    decision.threshold.map { "\($0.javaScriptText);" } ?? "null; // nothing is flagged"
  }

  private var javaScriptFlag: String {
    """
    // 1 if the row is flagged, 0 if not, null for a missing score.
    function flag(score) {
      if (score === null || score === undefined || score === "") return null;
      const value = Number(score);
      if (Number.isNaN(value)) return null;
      return \(decision.threshold == nil ? "0" : "value >= THRESHOLD ? 1 : 0");
    }

    """
  }

  private func javaScriptGroups(_ groups: GroupedDecision) -> String {
    let entries = groups.thresholds.map { group in
      let cells = group.group.cells.map { $0.codeText(\.javaScriptText, missing: "null") }
      return "  [[\(cells.joined(separator: ", "))], "
        + "\(group.decision.threshold?.javaScriptText ?? "null")],\n"
    }
    return """
      const groupKey = (group) => JSON.stringify(group.map((value) =>
        value === null || value === undefined || Number.isNaN(value) ? "m"
          : typeof value === "string" ? "t" + value.normalize("NFC") : "n" + (Number(value) + 0)));

      // The columns that make the groups; a threshold of null flags nothing.
      const GROUPED_BY = \(groups.by.codeList);
      const THRESHOLDS = new Map([
      \(entries.joined())].map(([group, threshold]) => [groupKey(group), threshold]));

      // 1 if the row is flagged, 0 if not, null for a missing score. After the score come the row's
      // values of GROUPED_BY, in that order.
      function flag(score, ...group) {
        if (group.length !== GROUPED_BY.length) {
          throw new TypeError("flag takes the score and the values of GROUPED_BY");
        }
        if (score === null || score === undefined || score === "") return null;
        const value = Number(score);
        if (Number.isNaN(value)) return null;
        const key = groupKey(group);
        const threshold = THRESHOLDS.has(key) ? THRESHOLDS.get(key) : THRESHOLD;
        return threshold !== null && value >= threshold ? 1 : 0;
      }

      """
  }

  /// The logistic function is thr's own, operation by operation: the same bits on every machine.
  private func javaScriptModel(_ model: LogisticModel) -> String {
    let coefficients = model.coefficients.map(\.javaScriptText).joined(separator: ", ")
    return """
      const FEATURES = \(model.featureNames.codeList);
      const COEFFICIENTS = [\(coefficients)];
      const INTERCEPT = \(model.intercept.javaScriptText);

      // The probability of being positive, null where a feature is missing; `row` gives each feature
      // by its name.
      function score(row) {
        let total = 0;
        for (let i = 0; i < FEATURES.length; i++) {
          const value = row[FEATURES[i]];
          if (value === null || value === undefined || value === "") return null;
          const number = Number(value);
          if (Number.isNaN(number)) return null;
          total += COEFFICIENTS[i] * number;
        }
        total += INTERCEPT;
        if (total < 0) {
          const odds = exponential(total);
          return odds / (1 + odds);
        }
        return 1 / (1 + exponential(-total));
      }

      function exponential(x) {
        if (Number.isNaN(x)) return x;
        if (!(x > -745.2)) return 0;
        const n = x * \(Logistic.inverse) + \(Logistic.shifter) - \(Logistic.shifter);
        const r = x - n * \(Logistic.high) - n * \(Logistic.low);
        let tail = 1 / 6227020800;
        for (const factorial of [\(Logistic.factorials)]) tail = tail * r + 1 / factorial;
        tail = tail * r + 0.5;
        const power = 1 + (r + r * r * tail);
        return n >= -1000 ? power * powerOfTwo(n) : power * powerOfTwo(n + 100) * powerOfTwo(-100);
      }

      // 2 ** n by products, which are exact.
      function powerOfTwo(n) {
        let power = 1;
        let base = n < 0 ? 0.5 : 2;
        for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
          if (rest % 2 === 1) power *= base;
          base *= base;
        }
        return power;
      }

      """
  }
}
