import JSONText
import NumberText
import ThresholdEngine

/// A decision rule as code of other languages.
///
/// Each compares doubles: of a score in single precision its exact value, as here.
struct ExportedRule {
  private let decision: Decision

  init(_ decision: Decision) { self.decision = decision }

  func text(in language: ExportLanguage) -> String {
    switch language {
    case .python: python
    case .sql: sql
    case .javascript: javaScript
    case .json: json.indentedText + "\n"
    }
  }

  private var comment: String { "Decision of thr: \(decision.rule); 1 is flagged, 0 is not." }
}

// MARK: - Python

extension ExportedRule {
  private var python: String {
    """
    # \(comment)
    THRESHOLD = \(decision.threshold.map(\.pythonText) ?? "None  # nothing is flagged")


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
}

// MARK: - JavaScript

extension ExportedRule {
  private var javaScript: String {
    """
    // \(comment)
    const THRESHOLD = \(decision.threshold.map(\.javaScriptText) ?? "null; // nothing is flagged")\
    \(decision.threshold == nil ? "" : ";")

    // 1 if the row is flagged, 0 if not, null for a missing score.
    function flag(score) {
      if (score === null || score === undefined || score === "") return null;
      const value = Number(score);
      if (Number.isNaN(value)) return null;
      return \(decision.threshold == nil ? "0" : "value >= THRESHOLD ? 1 : 0");
    }

    if (typeof module !== "undefined") module.exports = { flag, THRESHOLD };

    """
  }
}

// MARK: - SQL

extension ExportedRule {
  /// An expression of a column `score`.
  private var sql: String {
    """
    -- \(comment)
    -- An expression for a column `score`: SELECT *, CASE … END AS decision FROM rows_to_decide
    CASE
      WHEN score IS NULL OR CAST(score AS DOUBLE PRECISION) = 'NaN' THEN NULL
      \(sqlCondition)ELSE 0
    END

    """
  }

  private var sqlCondition: String {
    switch decision.threshold {
    case nil: ""
    case -Double.infinity: "WHEN TRUE THEN 1\n  "
    // SQL has no word for it that SQLite and PostgreSQL share.
    case Double.infinity:
      "WHEN CAST(score AS DOUBLE PRECISION) > \(Double.greatestFiniteMagnitude.sqlText) THEN 1\n  "
    case let threshold?:
      "WHEN CAST(score AS DOUBLE PRECISION) >= \(threshold.sqlText) THEN 1\n  "
    }
  }
}

// MARK: - JSON

extension ExportedRule {
  private var json: JSON {
    let threshold: JSON =
      switch decision.threshold {
      case nil: .null
      case let threshold? where threshold.isFinite: .number(threshold)
      case let threshold?: .string(threshold < 0 ? "-inf" : "inf")
      }
    return [
      "rule": .string(decision.rule), "threshold": threshold,
      "operator": decision.threshold == nil ? .null : ">=", "flagged": 1, "not_flagged": 0,
      "missing": .null,
    ]
  }
}

extension Double {
  fileprivate var pythonText: String {
    isFinite ? shortestText : "float(\"\(self < 0 ? "-inf" : "inf")\")"
  }

  fileprivate var javaScriptText: String {
    isFinite ? shortestText : self < 0 ? "-Infinity" : "Infinity"
  }

  /// The number as a quotient or product of whole numbers, which every database reads exactly, and
  /// which is rounded once or not at all: SQLite rounds some decimals in the last place.
  fileprivate var sqlText: String { sqlDecimal ?? sqlBinary }

  /// “418 / 10000” of 0.0418; `nil` where the digits or the power of ten are too many to be exact.
  private var sqlDecimal: String? {
    let parts = shortestText.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let places = fraction.count - (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    guard let digits = Int(mantissa[0] + fraction), digits.magnitude < 1 << 53 else { return nil }
    let power = (0..<places.magnitude).prefix(19).reduce(1.0) { power, _ in power * 10 }
    guard power <= 1e18, digits != 0 || sign == .plus else { return nil }
    let whole = "CAST(\(digits) AS DOUBLE PRECISION)"
    return power == 1 ? whole : "\(whole) \(places > 0 ? "/" : "*") \(Int(power))"
  }

  private var sqlBinary: String {
    let whole = Int(significand * 0x1p52)
    var text = "CAST(\(self < 0 ? -whole : whole) AS DOUBLE PRECISION)"
    var power = Int(exponent) - 52
    while power != 0 {
      let step = Swift.min(power.magnitude, 62)
      text += " \(power < 0 ? "/" : "*") \(1 << step)"
      power += power < 0 ? Int(step) : -Int(step)
    }
    return text
  }
}
