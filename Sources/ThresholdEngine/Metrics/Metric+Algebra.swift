import Glibc

extension Metric: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral number: Double) { self.init(number) }
  public init(integerLiteral number: Int) { self.init(Double(number)) }
}

extension Metric {
  public static func + (left: Metric, right: Metric) -> Metric { combine(.plus, left, right) }
  public static func - (left: Metric, right: Metric) -> Metric { combine(.minus, left, right) }
  public static func * (left: Metric, right: Metric) -> Metric { combine(.times, left, right) }
  public static func / (left: Metric, right: Metric) -> Metric { combine(.dividedBy, left, right) }
  public static prefix func - (metric: Metric) -> Metric { apply(.negative, metric) }

  public func power(_ exponent: Metric) -> Metric { .combine(.power, self, exponent) }

  /// The metric that applies `function` to the value of another.
  public static func apply(_ function: Function, _ metric: Metric) -> Metric {
    Metric(form: .unary(function, metric.expression))
  }

  /// The metric that joins the values of two others.
  public static func combine(_ symbol: Operator, _ left: Metric, _ right: Metric) -> Metric {
    Metric(form: .binary(symbol, left.expression, right.expression))
  }
}

extension Metric.Function {
  func apply(_ x: Lanes) -> Lanes {
    switch self {
    case .negative: (-x).defined
    case .abs: x.replacing(with: -x, where: x .< 0)
    case .sqrt: x.squareRoot().defined
    case .log: x.mapLanes(Glibc.log)
    case .exp: x.mapLanes(Glibc.exp)
    }
  }
}

extension Metric.Operator {
  func apply(_ x: Lanes, _ y: Lanes) -> Lanes {
    switch self {
    case .plus: return (x + y).defined
    case .minus: return (x - y).defined
    case .times: return (x * y).defined
    case .dividedBy: return (x / y).defined
    case .power:
      var result = Lanes()
      for lane in 0..<Lanes.scalarCount { result[lane] = pow(x[lane], y[lane]) }
      return result.undefinedWithEither(x, y)  // C says that NaN^0 and 1^NaN are 1
    case .min: return x.replacing(with: y, where: y .< x).undefinedWithEither(x, y)
    case .max: return x.replacing(with: y, where: y .> x).undefinedWithEither(x, y)
    }
  }
}

extension Lanes {
  fileprivate func mapLanes(_ function: (Double) -> Double) -> Lanes {
    var result = Lanes()
    for lane in 0..<Lanes.scalarCount { result[lane] = function(self[lane]) }
    return result.defined
  }

  fileprivate func undefinedWithEither(_ x: Lanes, _ y: Lanes) -> Lanes {
    self.defined + (x - x) + (y - y)
  }
}
