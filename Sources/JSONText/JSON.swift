/// A JSON value.
///
/// Objects keep the order of their keys, which counts in equality too.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// Every number is a Double: integers are exact up to 2⁵³.
  case number(Double)
  case string(String)
  case array([JSON])
  case object(Object)

  /// The members of a JSON object, in their order.
  ///
  /// A key may stand twice, as in the text that was read; the last one is found by its key.
  public struct Object: Hashable, Sendable {
    public var members: [Member]

    public init(_ members: [Member] = []) { self.members = members }

    /// The value of the last member of that key.
    ///
    /// Setting replaces that member or adds one at the end; setting `nil` removes every member of
    /// that key. O(members).
    public subscript(key: String) -> JSON? {
      get { members.last { $0.key == key }?.value }
      set {
        guard let newValue else { return members.removeAll { $0.key == key } }
        if let index = members.lastIndex(where: { $0.key == key }) {
          members[index].value = newValue
        } else {
          members.append(Member(key, newValue))
        }
      }
    }

    public var keys: [String] { members.map(\.key) }
  }

  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: JSON

    public init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }
}

// MARK: - Looking inside

extension JSON {
  /// The member of an object; `nil` in any other value.
  public subscript(key: String) -> JSON? { object?[key] }

  /// The element of an array, from 0; `nil` outside it and in any other value.
  public subscript(index: Int) -> JSON? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  public var isNull: Bool { self == .null }

  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  public var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  /// A number without a fraction that an Int holds exactly.
  public var integer: Int? { number.flatMap(Int.init(exactly:)) }

  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  public var array: [JSON]? {
    if case .array(let value) = self { value } else { nil }
  }

  public var object: Object? {
    if case .object(let value) = self { value } else { nil }
  }
}

// MARK: - Literals

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral members: (String, JSON)...) {
    self = .object(Object(members.map { Member($0, $1) }))
  }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral members: (String, JSON)...) {
    self.init(members.map { JSON.Member($0, $1) })
  }
}
