import JSONText

/// The parameters of a message: what is missing or of another type is the sender's error, reported
/// by its path.
struct Params: Sendable {
  let json: JSON
  private let path: String

  init(_ json: JSON?) {
    self.init(json ?? .null, "params")
  }

  private init(_ json: JSON, _ path: String) {
    self.json = json
    self.path = path
  }

  /// A member that must be there.
  subscript(key: String) -> Params {
    get throws(ResponseError) {
      guard let value = json[key] else { throw missing("`\(path).\(key)` is missing") }
      return Params(value, "\(path).\(key)")
    }
  }

  /// A member that may be missing or `null`.
  func optional(_ key: String) -> Params? {
    guard let value = json[key], !value.isNull else { return nil }
    return Params(value, "\(path).\(key)")
  }

  var string: String {
    get throws(ResponseError) { try value(json.string, "a string") }
  }

  var bool: Bool {
    get throws(ResponseError) { try value(json.bool, "true or false") }
  }

  var integer: Int {
    get throws(ResponseError) { try value(json.integer, "an integer") }
  }

  /// The protocol's `uinteger`.
  var count: Int {
    get throws(ResponseError) {
      let integer = json.integer.flatMap { (0...0x7FFF_FFFF).contains($0) ? $0 : nil }
      return try value(integer, "an integer from 0 to 2147483647")
    }
  }

  var elements: [Params] {
    get throws(ResponseError) {
      try value(json.array, "an array").enumerated().map { Params($1, "\(path)[\($0)]") }
    }
  }

  func requireObject() throws(ResponseError) { _ = try value(json.object, "an object") }

  private func value<Value>(
    _ value: Value?, _ expected: String
  ) throws(ResponseError) -> Value {
    guard let value else { throw missing("`\(path)` must be \(expected)") }
    return value
  }

  private func missing(_ message: String) -> ResponseError {
    ResponseError(.invalidParams, message)
  }
}
