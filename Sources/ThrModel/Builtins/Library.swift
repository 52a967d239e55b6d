/// All that a program may name without declaring it, handed to analysis and runtime by the parts
/// that start them.
///
/// Its tables are made when they are first asked for, and of each function its forms: few runs need
/// more than some.
public struct Library: Sendable {
  private let functions: Deferred<NameTable<Builtin>>
  private let values: Deferred<NameTable<Constant>>
  private let kinds: Deferred<NameTable<ObjectType>>
  public let vocabulary: Vocabulary

  public init(
    builtins: @autoclosure @escaping @Sendable () -> [Builtin],
    constants: @autoclosure @escaping @Sendable () -> [Constant],
    types: @autoclosure @escaping @Sendable () -> [ObjectType]
  ) {
    let functions = Deferred { NameTable(builtins()) { $0.name } }
    let values = Deferred { NameTable(constants()) { $0.name } }
    let kinds = Deferred { NameTable(types()) { $0.name.rawValue } }
    self.functions = functions
    self.values = values
    self.kinds = kinds
    vocabulary = Vocabulary(functions, values, kinds)
  }

  public var builtins: [Builtin] { functions.value.all }
  public var constants: [Constant] { values.value.all }
  public var types: [ObjectType] { kinds.value.all }

  public func builtin(_ name: String) -> Builtin? { functions.value[name] }
  public func constant(_ name: String) -> Value? { values.value[name]?.value }
  public func type(_ name: ObjectType.Name) -> ObjectType? { kinds.value[name.rawValue] }
}

/// Declarations in their order, and by name.
private final class NameTable<Element: Sendable>: Sendable {
  let all: [Element]
  private let byName: [String: Element]

  init(_ all: [Element], name: (Element) -> String) {
    self.all = all
    byName = Dictionary(all.map { (name($0), $0) }) { first, _ in first }
  }

  subscript(name: String) -> Element? { byName[name] }
}

/// A name that stands for a value, such as `f1`.
public struct Constant: Hashable, Sendable {
  public let name: String
  public let value: Value
  public var type: ValueType { value.type }
  public let topic: Topic
  public let summary: String
  /// Formula, synonyms, conventions; Markdown.
  public let documentation: String

  public init(
    _ name: String, _ topic: Topic, _ value: Value, _ summary: String, documentation: String = ""
  ) {
    self.name = name
    self.value = value
    self.topic = topic
    self.summary = summary
    self.documentation = documentation
  }
}

/// Facts of a library, known without running anything.
public struct Vocabulary: Sendable {
  private let functions: Deferred<NameTable<Builtin>>
  /// What is known of all functions, whose forms it makes.
  private let all: Deferred<NameTable<Signature>>
  private let values: Deferred<NameTable<Constant>>
  private let kinds: Deferred<NameTable<ObjectType>>

  fileprivate init(
    _ functions: Deferred<NameTable<Builtin>>,
    _ values: Deferred<NameTable<Constant>>,
    _ kinds: Deferred<NameTable<ObjectType>>
  ) {
    self.functions = functions
    all = Deferred { NameTable(functions.value.all.map { $0.signature }) { $0.name } }
    self.values = values
    self.kinds = kinds
  }

  public var signatures: [Signature] { all.value.all }
  public var constants: [Constant] { values.value.all }
  public var types: [ObjectType.Facts] { kinds.value.all.map(\.facts) }

  public func signature(_ name: String) -> Signature? { functions.value[name]?.signature }
  public func constant(_ name: String) -> Constant? { values.value[name] }
  public func type(_ name: ObjectType.Name) -> ObjectType.Facts? {
    kinds.value[name.rawValue]?.facts
  }

  /// Makes the vocabulary now, so that no one waits for it later.
  public func prepare() { _ = (all.value, values.value, types) }

  /// The function that takes a value of the type and the name of one of its columns, and no more.
  public func columnReader(of type: ValueType) -> String? {
    signatures.first { signature in
      signature.forms.contains { form in
        form.parameters.count == 2 && form.parameters[0].type == type
          && form.parameters[1].kind == .column
      }
    }?.name
  }

  /// Name here of another tool's function or metric: `read` for `read_csv`, `f1` for
  /// `f1_score`; `nil` where it has no counterpart.
  public func nameHere(for name: String) -> String? {
    let known = signatures.first { $0.foreignNames.contains(name) }?.name
    let stem = ["_score", "_curve", "_stat"].lazy
      .filter { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) }.first
    return known ?? stem.flatMap { signature($0)?.name ?? constant($0)?.name }
  }

  /// The function here for another tool's function or method.
  public func functionHere(for name: String) -> String? {
    nameHere(for: name).flatMap { signature($0)?.name }
  }

  /// The function that makes a value of one of the types and is called as the type is, if it takes
  /// what was found instead.
  public func maker(of types: [ValueType], from found: ValueType) -> String? {
    for case .object(let name) in types.flatMap(\.alternatives) {
      let takes = signature(name.rawValue)?.forms.contains { form in
        form.result == .object(name)
          && form.parameters.first?.argumentType.accepts(found) == .always
      }
      if takes == true, found != .unknown { return name.rawValue }
    }
    return nil
  }

  /// Every name that a program may use without declaring it.
  public var names: [String] { functions.value.all.map(\.name) + constants.map(\.name) }
}
