import ThrModel
import ThresholdEngine

/// A list of numbers of which some may be undefined.
struct Numbers: ValueConvertible {
  /// NaN where undefined.
  let values: [Double]
  /// The positions of the undefined ones, ascending.
  let undefined: [Int]

  static var valueType: ValueType { .list(.numberOrUndefined) }

  /// - Parameter values: NaN where undefined.
  init(_ values: [Double]) {
    self.values = values
    undefined = values.indices.filter { values[$0].isNaN }
  }

  init?(_ value: Value) {
    guard case .list(let list) = value else { return nil }
    if let numbers = list.numbers {
      values = numbers
      undefined = []
      return
    }
    let outcomes = list.map { Outcome($0) }
    guard !outcomes.contains(nil) else { return nil }
    let values = outcomes.map { $0?.number ?? .nan }
    self.values = values
    undefined = values.indices.filter { values[$0].isNaN }
  }

  var value: Value {
    undefined.isEmpty
      ? values.value : List(values.map { $0.isNaN ? .undefined : .number($0) }).value
  }

  /// `nil` where an element is undefined, and with it every sum.
  var defined: [Double]? { undefined.isEmpty ? values : nil }
}

/// What `min` and `max` take: a number, `undefined`, or a metric.
enum Operand: ValueConvertible {
  case number(Double)
  case undefined
  case metric(Metric)

  static var valueType: ValueType { .either(.number, .undefined, .metric) }

  init?(_ value: Value) {
    switch value {
    case .number(let number): self = .number(number)
    case .undefined: self = .undefined
    case .metric(let metric): self = .metric(metric)
    default: return nil
    }
  }

  var value: Value {
    switch self {
    case .number(let number): .number(number)
    case .undefined: .undefined
    case .metric(let metric): .metric(metric)
    }
  }
}

extension [Double] {
  /// The sum, as good as if it were computed with twice the digits.
  ///
  /// Neumaier, “Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen” (1974).
  var accurateSum: Double {
    var sum = 0.0
    var lost = 0.0
    for number in self {
      let next = sum + number
      lost += sum.magnitude >= number.magnitude ? (sum - next) + number : (number - next) + sum
      sum = next
    }
    // Once the sum is infinite, what was lost is not a number.
    return lost.isFinite ? sum + lost : sum
  }

  /// The arithmetic mean; `nil` of nothing.
  var mean: Double? {
    if isEmpty { return nil }
    let sum = accurateSum
    if sum.isFinite || contains(where: { !$0.isFinite }) { return sum / Double(count) }
    // The sum leaves the range of a Double where the mean does not.
    return map { $0 / Double(count) }.accurateSum
  }
}
