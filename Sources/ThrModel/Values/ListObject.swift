/// A value that is a list of others and has members besides, such as the tunings of groups.
///
/// It stands wherever a list of such elements does: in loops, between brackets, as an argument.
public protocol ListObject: LanguageObject {
  var elements: List { get }
}

extension Value {
  /// The elements of a list, or of a value that is one; `nil` for others.
  public var elements: List? {
    switch self {
    case .list(let list): list
    case .object(let object): (object.base as? any ListObject)?.elements
    default: nil
    }
  }

  /// The plain list in the place of a value that is one; any other value itself.
  public var asList: Value {
    guard case .object = self, let elements else { return self }
    return .list(elements)
  }
}

extension ValueType {
  /// What a list of this type holds; `nil` for types that are no lists.
  public var elementsOfList: ValueType? {
    switch self {
    case .list(let element): element
    case .object(let name): name.elements
    default: nil
    }
  }
}
