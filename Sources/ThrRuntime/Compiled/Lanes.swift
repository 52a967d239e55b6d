import ThrModel
import ThrSyntax

/// The values of an expression in the rows of a block.
enum Lanes {
  /// NaN where it is undefined.
  case numbers(ArraySlice<Double>)
  /// The same number in every row, NaN for `undefined`.
  case number(Double)
  case truths([RowTruth])
  /// The codes of texts among the levels of their column.
  case texts(ArraySlice<Int32>, levels: [String])
  /// The same text in every row.
  case text(String)
  /// `none` in every row.
  case none

  static func canHold(_ expression: Expression) -> Bool {
    switch expression {
    case .number, .boolean, .undefined, .none, .name: true
    case .text(let text): text.literal != nil
    case .parenthesized(let inner, _): canHold(inner)
    case .unary(let unary): canHold(unary.operand)
    case .operation(let operation):
      canHold(operation.first)
        && operation.rest.allSatisfy { canHold($0.operator) && canHold($0.operand) }
    default: false
    }
  }

  private static func canHold(_ symbol: Expression.BinaryOperator) -> Bool {
    switch symbol {
    case .in, .remainder, .power: false
    default: true
    }
  }
}

extension ArraySlice {
  /// What a function gives for each row.
  ///
  /// The buffers spare a check of bounds for each row, so that the loop is compiled to vector
  /// instructions.
  @inline(__always)
  func eachRow<Result>(_ compute: (Element) -> Result) -> [Result] {
    withUnsafeBufferPointer { own in
      [Result](unsafeUninitializedCapacity: own.count) { results, count in
        for row in 0..<own.count { results.initializeElement(at: row, to: compute(own[row])) }
        count = own.count
      }
    }
  }

  /// What a function gives for each row of two slices of the same length.
  @inline(__always)
  fileprivate func eachRow<Result>(
    with other: Self, _ compute: (Element, Element) -> Result
  ) -> [Result] {
    withUnsafeBufferPointer { own in
      other.withUnsafeBufferPointer { other in
        let rows = Swift.min(own.count, other.count)
        return [Result](unsafeUninitializedCapacity: rows) { results, count in
          for row in 0..<rows {
            results.initializeElement(at: row, to: compute(own[row], other[row]))
          }
          count = rows
        }
      }
    }
  }
}

/// Two sides of an operator on numbers, of which at least one differs from row to row.
private protocol NumberPair {
  func eachRow<Result>(_ compute: (Double, Double) -> Result) -> [Result]
}

private struct TwoColumns: NumberPair {
  let left: ArraySlice<Double>
  let right: ArraySlice<Double>

  @inline(__always)
  func eachRow<Result>(_ compute: (Double, Double) -> Result) -> [Result] {
    left.eachRow(with: right, compute)
  }
}

private struct ColumnAndNumber: NumberPair {
  let left: ArraySlice<Double>
  let right: Double

  @inline(__always)
  func eachRow<Result>(_ compute: (Double, Double) -> Result) -> [Result] {
    left.eachRow { compute($0, right) }
  }
}

private struct NumberAndColumn: NumberPair {
  let left: Double
  let right: ArraySlice<Double>

  @inline(__always)
  func eachRow<Result>(_ compute: (Double, Double) -> Result) -> [Result] {
    right.eachRow { compute(left, $0) }
  }
}

extension Expression.BinaryOperator {
  func apply(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Lanes? {
    apply(TwoColumns(left: left, right: right))
  }

  func apply(_ left: ArraySlice<Double>, _ right: Double) -> Lanes? {
    apply(ColumnAndNumber(left: left, right: right))
  }

  func apply(_ left: Double, _ right: ArraySlice<Double>) -> Lanes? {
    apply(NumberAndColumn(left: left, right: right))
  }

  private func apply(_ pair: some NumberPair) -> Lanes? {
    switch self {
    case .plus: .numbers(pair.eachRow { ($0 + $1).orUndefined }[...])
    case .minus: .numbers(pair.eachRow { ($0 - $1).orUndefined }[...])
    case .times: .numbers(pair.eachRow { ($0 * $1).orUndefined }[...])
    case .divide: .numbers(pair.eachRow { ($0 / $1).orUndefined }[...])
    case .less: .truths(pair.eachRow { RowTruth($0 < $1, of: $0, $1) })
    case .lessOrEqual: .truths(pair.eachRow { RowTruth($0 <= $1, of: $0, $1) })
    case .greater: .truths(pair.eachRow { RowTruth($0 > $1, of: $0, $1) })
    case .greaterOrEqual: .truths(pair.eachRow { RowTruth($0 >= $1, of: $0, $1) })
    case .equal: .truths(pair.eachRow { RowTruth(Self.isSame($0, $1)) })
    case .notEqual: .truths(pair.eachRow { RowTruth(!Self.isSame($0, $1)) })
    default: nil
    }
  }

  /// Undefined equals undefined.
  @inline(__always)
  private static func isSame(_ left: Double, _ right: Double) -> Bool {
    left == right || left.isNaN && right.isNaN
  }

  /// Kleene's logic: the lesser of the two for `and`, the greater for `or`.
  func apply(_ left: ArraySlice<RowTruth>, _ right: ArraySlice<RowTruth>) -> Lanes? {
    switch self {
    case .and: .truths(left.eachRow(with: right) { min($0, $1) })
    case .or: .truths(left.eachRow(with: right) { max($0, $1) })
    case .equal: .truths(left.eachRow(with: right) { RowTruth($0 == $1) })
    case .notEqual: .truths(left.eachRow(with: right) { RowTruth($0 != $1) })
    default: nil
    }
  }

  /// Which texts are the one with that code.
  func equality(_ codes: ArraySlice<Int32>, _ wanted: Int32) -> Lanes? {
    switch self {
    case .equal: .truths(codes.eachRow { RowTruth($0 == wanted) })
    case .notEqual: .truths(codes.eachRow { RowTruth($0 != wanted) })
    default: nil
    }
  }
}

extension Double {
  /// Arithmetic that leaves the finite numbers is undefined.
  fileprivate var orUndefined: Double { isFinite ? self : .nan }
}

extension RowTruth {
  /// The outcome of a comparison, which is undefined where one of its sides is.
  @inline(__always)
  fileprivate init(_ holds: Bool, of left: Double, _ right: Double) {
    self = holds ? .yes : left.isNaN || right.isNaN ? .undefined : .no
  }
}
