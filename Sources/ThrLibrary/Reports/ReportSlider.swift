import Algorithms
import JSONText
import NumberText
import ThrModel
import ThresholdEngine

/// A slider over the labellings that scores allow, with the counts, rates, costs and curves at each.
struct ReportSlider {
  private let sweep: Sweep
  /// How many distinct scores are flagged at each step; 0 flags nothing.
  private let places: [Int]
  private let chosen: Int

  /// So many labellings take well below 1 MB.
  private static let most = 10_000

  /// `nil` for a value that decides by no threshold of its own, or on rows that are gone.
  init?(_ value: Value, isCancelled: () -> Bool) {
    guard case .object(let object) = value, let (rows, decision) = object.base.decidedRows,
      let scores = try? rows.scores(),
      let sweep = try? Sweep(scores.content, isCancelled: isCancelled),
      sweep.count > 0
    else { return nil }
    self.sweep = sweep
    let place = decision.threshold.map { threshold in
      sweep.thresholds.partitioningIndex { $0 < threshold }
    }
    let steps = sweep.places(atMost: Self.most, with: place ?? 0)
    places = steps
    chosen = steps.partitioningIndex { $0 >= place ?? 0 }
  }

  private var labellings: Int { sweep.count + 1 }

  /// What stands in the page for the script: numbers alone.
  private var data: JSON {
    let thresholds = places.map { place -> JSON in
      guard place > 0 else { return .null }
      let threshold = sweep.thresholds[place - 1]
      if threshold.isFinite { return .number(threshold) }
      return .string(threshold < 0 ? "-Infinity" : "Infinity")
    }
    func counts(_ counts: [Double]) -> JSON {
      .array(places.map { .number($0 > 0 ? counts[$0 - 1] : 0) })
    }
    return [
      "positives": .number(sweep.positives), "negatives": .number(sweep.negatives),
      "chosen": .number(Double(chosen)), "t": .array(thresholds),
      "tp": counts(sweep.truePositives), "fp": counts(sweep.falsePositives),
    ]
  }

  private var note: String {
    let all = Double(labellings).countText
    guard places.count < labellings else {
      return "Each step is one of the \(all) labellings that the scores allow."
    }
    return
      "\(Double(places.count).countText) of the \(all) labellings that the scores allow, evenly "
      + "spaced in recall and in false positive rate; the numbers at each are exact."
  }

  var html: String {
    """
    <section class="slider" id="slider" aria-labelledby="slider-title" hidden>
    <h2 id="slider-title">Move the threshold</h2>
    <p id="slider-note">\(note)</p>
    <p><label for="threshold">Threshold: </label><strong id="threshold-value"></strong></p>
    <input type="range" id="threshold" min="0" max="\(places.count - 1)" step="1" \
    value="\(chosen)" aria-describedby="slider-note">
    <p><button type="button" class="plain" id="fewer">Fewer flags</button>\
    <button type="button" class="plain" id="more">More flags</button>\
    <button type="button" class="plain" id="chosen">Chosen threshold</button></p>
    <p id="summary" role="status"></p>
    <div class="parts"><div>
    \(Self.confusion)\(Self.costs)</div>
    \(Self.rates)</div>
    <div class="parts">
    \(Self.curves)</div>
    </section>
    <noscript><p>The slider over all thresholds needs scripts, which this page has in itself.</p>\
    </noscript>
    <script type="application/json" id="labellings">\
    \(data.description.replacing("<", with: "\\u003c"))</script>

    """
  }

  private static let confusion = """
    <table><caption>Confusion matrix</caption>
    <thead><tr><td></td><th scope="col">flagged</th><th scope="col">not flagged</th></tr></thead>
    <tbody><tr><th scope="row">positive</th><td class="number" id="count-tp"></td>\
    <td class="number" id="count-fn"></td></tr>
    <tr><th scope="row">negative</th><td class="number" id="count-fp"></td>\
    <td class="number" id="count-tn"></td></tr></tbody></table>

    """

  private static let costs = """
    <fieldset><legend>Costs</legend>
    <label>of a false positive <input type="number" id="cost-fp" min="0" step="any" value="1">\
    </label>
    <label>of a miss <input type="number" id="cost-fn" min="0" step="any" value="1"></label>
    <p>Total <strong id="cost"></strong>, per row <strong id="cost-row"></strong></p></fieldset>

    """

  private static let rates: String = {
    let names = [
      "precision", "recall", "specificity", "npv", "f1", "flag_rate", "accuracy",
      "balanced_accuracy",
    ]
    let rows = names.map {
      "<tr><th scope=\"row\">\($0)</th><td class=\"number\" id=\"rate-\($0)\"></td></tr>\n"
    }
    return "<table><caption>Metrics</caption>\n<tbody>\n\(rows.joined())</tbody></table>\n"
  }()

  private static let curves: String = {
    func curve(_ id: String, _ title: String, _ x: String, _ y: String) -> String {
      """
      <figure><svg viewBox="-30 -15 245 250" role="img" aria-label="\(title) with the place of the \
      threshold"><rect class="frame" width="200" height="200"></rect>\
      <polyline class="curve" id="\(id)-line"></polyline>\
      <circle class="mark" id="\(id)-mark" r="6"></circle>\
      <text x="100" y="220" text-anchor="middle">\(x)</text>\
      <text x="-100" y="-10" text-anchor="middle" transform="rotate(-90)">\(y)</text></svg>
      <figcaption>\(title)</figcaption></figure>

      """
    }
    return curve("roc", "ROC curve", "false positive rate", "recall")
      + curve("pr", "Precision-recall curve", "recall", "precision")
  }()
}

extension LanguageObject {
  /// The rows that a decision by one threshold was made on, and the decision.
  fileprivate var decidedRows: (TunedRows, Decision)? {
    switch self {
    case let tuning as TuningResult: (tuning.source, tuning.content.outcome)
    case let evaluation as EvaluationResult where evaluation.decidedBy.isEmpty:
      (evaluation.source, evaluation.content.decision)
    case let folds as CrossValidationResult: (.scores(folds.scores), folds.decision)
    default: nil
    }
  }
}

extension Sweep {
  /// How many distinct scores are flagged, ascending: each number if these are few enough, or else
  /// some, evenly spaced in recall and in false positive rate, with both ends and `place`.
  fileprivate func places(atMost most: Int, with place: Int) -> [Int] {
    if count < most { return Array(0...count) }
    var places: Set<Int> = [0, place, count]
    let steps = most / 2 - 2
    for step in 1..<steps {
      let share = Double(step) / Double(steps)
      for (counts, all) in [(truePositives, positives), (falsePositives, negatives)] where all > 0 {
        places.insert(min(counts.partitioningIndex { $0 >= share * all } + 1, count))
      }
    }
    return places.sorted()
  }
}
