import Glibc
import NumberText
import ThrModel
import ThresholdEngine

// Functions of one number. Where a formula has no value, they give `undefined`, as arithmetic does;
// of a metric they make a metric.

extension Builtin {
  static let abs = Builtin(
    "abs", .everyday, "The absolute value of a number, of each number of a list, or of a metric.",
    example: "abs(-3)",
    forms: .ofNumbers { $0.magnitude } + [.metric(.abs)])

  static let sqrt = Builtin(
    "sqrt", .everyday, "The square root; undefined below 0.", example: "sqrt(2)",
    forms: .ofNumbers { $0 < 0 ? nil : $0.squareRoot() } + [.metric(.sqrt)])

  static let exp = Builtin(
    "exp", .everyday, "e to the power of a number; undefined where that is too large.",
    example: "exp(1)",
    forms: .ofNumbers { Glibc.exp($0) } + [.metric(.exp)])

  static let log = Builtin(
    "log", .everyday, "The natural logarithm; undefined at 0 and below.", example: "log(10)",
    foreignNames: ["ln"],
    forms: .ofNumbers { $0 <= 0 ? nil : Glibc.log($0) } + [.metric(.log)])

  static let floor = Builtin(
    "floor", .everyday, "Rounds down: the largest whole number that is at most the given one.",
    example: "floor(2.7)",
    .number { $0.rounded(.down) })

  static let ceil = Builtin(
    "ceil", .everyday, "Rounds up: the smallest whole number that is at least the given one.",
    example: "ceil(2.1)",
    .number { $0.rounded(.up) })

  static let round = Builtin(
    "round", .everyday, "A number rounded to a given number of decimals.",
    documentation: """
      The stored binary number is rounded exactly: `round(2.675, 2)`
      is 2.67, because the stored number closest to 2.675 is slightly below it. Halves round to the
      even neighbour, as in texts (`{x:.2f}`) and in Python: `round(2.5)` is 2, `round(3.5)` is 4.
      """,
    example: "round(0.7556, 3)",
    Form(
      Parameter<Outcome>("x", "The number to round."),
      Parameter<Int>("digits", in: 0...300, default: 0, unit: "decimals", "Number of decimals.")
    ) { _, x, digits in x.mapped { rounded($0, decimals: digits) } })

  /// The nearest decimal, of two equally near ones the even one, as texts show it.
  private static func rounded(_ number: Double, decimals: Int) -> Double {
    if decimals == 0 { return number.rounded(.toNearestOrEven) }
    return Double(number.fixedText(decimals: decimals)) ?? number
  }
}

extension [Builtin.Form] {
  /// The forms for one number, and for each number of a list.
  fileprivate static func ofNumbers(
    _ function: @escaping @Sendable (Double) -> Double?
  ) -> Self {
    [
      .number(function),
      Builtin.Form(Parameter<Numbers>("list", "The numbers.")) { _, list in
        Numbers(list.values.map { $0.isNaN ? $0 : Outcome(function($0)).defined ?? .nan })
      },
    ]
  }
}

extension Outcome {
  /// The number where it is finite.
  fileprivate var defined: Double? { number.flatMap { $0.isFinite ? $0 : nil } }
}

extension Builtin.Form {
  /// The form for one number.
  fileprivate static func number(_ function: @escaping @Sendable (Double) -> Double?) -> Self {
    Self(number: function)
  }

  /// The form for one metric.
  fileprivate static func metric(_ function: Metric.Function) -> Self {
    Self(Parameter<Metric>("metric", "The metric.")) { _, metric in
      Metric.apply(function, metric)
    }
  }
}
