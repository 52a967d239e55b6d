import JSONText

/// Reads an object of JSON strictly: each key that is expected, and no other.
struct ContractReader {
  private let object: JSON.Object
  /// Where the object stands: “decision.plateau”.
  private let place: String

  init(_ json: JSON, _ place: String, keys: [String]) throws(ContractFault) {
    guard let object = json.object else { throw .unexpected("`\(place)` is not an object") }
    self.object = object
    self.place = place
    let found = object.keys
    if let key = found.first(where: { !keys.contains($0) }) {
      throw .unexpected("the key `\(key)` of \(place) is unknown")
    }
    if let key = found.first(where: { key in found.count { $0 == key } > 1 }) {
      throw .unexpected("the key `\(key)` of \(place) occurs twice")
    }
  }

  func has(_ key: String) -> Bool { object[key] != nil }

  func value(_ key: String) throws(ContractFault) -> JSON {
    guard let value = object[key] else { throw .unexpected("`\(key)` of \(place) is missing") }
    return value
  }

  func text(_ key: String) throws(ContractFault) -> String {
    guard let text = try value(key).string else { throw fault(key, "a text") }
    return text
  }

  func text(_ key: String, among words: [String]) throws(ContractFault) -> String {
    let text = try text(key)
    guard words.contains(text) else { throw fault(key, words.joined(separator: " or ")) }
    return text
  }

  func boolean(_ key: String) throws(ContractFault) -> Bool {
    guard let boolean = try value(key).bool else { throw fault(key, "true or false") }
    return boolean
  }

  func number(_ key: String) throws(ContractFault) -> Double {
    guard let number = try value(key).exactNumber else { throw fault(key, "a number") }
    return number
  }

  func count(_ key: String) throws(ContractFault) -> Int {
    guard let count = try value(key).integer, count >= 0 else { throw fault(key, "a count") }
    return count
  }

  func texts(_ key: String) throws(ContractFault) -> [String] {
    let elements = try value(key).array?.map(\.string)
    let texts = elements?.compactMap { $0 }
    guard let texts, texts.count == elements?.count else { throw fault(key, "texts") }
    return texts
  }

  func numbers(_ key: String) throws(ContractFault) -> [Double] {
    let elements = try value(key).array?.map(\.exactNumber)
    let numbers = elements?.compactMap { $0 }
    guard let numbers, numbers.count == elements?.count else { throw fault(key, "numbers") }
    return numbers
  }

  /// The value, or `nil` for null.
  func optional<Value>(
    _ key: String, _ read: (String) throws(ContractFault) -> Value
  ) throws(ContractFault) -> Value? {
    try value(key).isNull ? nil : try read(key)
  }

  func fault(_ key: String, _ expected: String) -> ContractFault {
    .unexpected("`\(key)` of \(place) is not \(expected)")
  }
}

/// Why a file is no contract.
enum ContractFault: Error, Hashable {
  /// It is not JSON: it may be cut off.
  case notJSON(JSONError)
  /// It is JSON of another kind.
  case another
  case newer(version: Int)
  case altered
  /// Something in it is not as the format says.
  case unexpected(String)
}

extension JSON {
  /// A number, or an infinite one as a text.
  fileprivate var exactNumber: Double? {
    switch self {
    case .number(let number): number
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    default: nil
    }
  }
}
