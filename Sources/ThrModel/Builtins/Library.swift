/// All that a program may name without declaring it, handed to analysis and runtime by the program
/// that wires them; made when it is first asked for anything, since few runs need it to begin with.
public struct Library: Sendable {
  private let content: Deferred<Content>
  public let vocabulary: Vocabulary

  private final class Content: Sendable {
    let builtins: [Builtin]
    let constants: [Constant]
    let types: [ObjectType]
    let builtinByName: [String: Builtin]
    let constantByName: [String: Value]
    let typeByName: [ObjectType.Name: ObjectType]

    init(_ builtins: [Builtin], _ constants: [Constant], _ types: [ObjectType]) {
      self.builtins = builtins
      self.constants = constants
      self.types = types
      builtinByName = Dictionary(builtins.map { ($0.signature.name, $0) }) { first, _ in first }
      constantByName = Dictionary(constants.map { ($0.name, $0.value) }) { first, _ in first }
      typeByName = Dictionary(types.map { ($0.name, $0) }) { first, _ in first }
    }
  }

  public init(
    builtins: @autoclosure @escaping @Sendable () -> [Builtin],
    constants: @autoclosure @escaping @Sendable () -> [Constant],
    types: @autoclosure @escaping @Sendable () -> [ObjectType]
  ) {
    let content = Deferred { Content(builtins(), constants(), types()) }
    self.content = content
    vocabulary = Vocabulary {
      let content = content.value
      return Vocabulary.Content(
        content.builtins.map { $0.signature }, content.constants.map { $0.facts },
        content.types.map { $0.facts })
    }
  }

  public var builtins: [Builtin] { content.value.builtins }
  public var constants: [Constant] { content.value.constants }
  public var types: [ObjectType] { content.value.types }

  public func builtin(_ name: String) -> Builtin? { content.value.builtinByName[name] }
  public func constant(_ name: String) -> Value? { content.value.constantByName[name] }
  public func type(_ name: ObjectType.Name) -> ObjectType? { content.value.typeByName[name] }
}

/// A name that stands for a value, such as `f1`.
public struct Constant: Sendable {
  public let name: String
  public let value: Value
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

/// What may be known of a library without running anything: facts only.
public struct Vocabulary: Sendable {
  public struct Constant: Hashable, Sendable {
    public let name: String
    public let value: Value
    public var type: ValueType { value.type }
    public let topic: Topic
    public let summary: String
    public let documentation: String
  }

  public struct Member: Hashable, Sendable {
    public let name: String
    public let type: ValueType
    public let summary: String
    /// Whether `--json` leaves it out.
    public let isHiddenInJSON: Bool
    /// What the member's rows are set aside for, where it is rows of the value.
    public let role: Role?
  }

  public struct ObjectType: Hashable, Sendable {
    public let name: ThrModel.ObjectType.Name
    public let summary: String
    public let members: [Member]
  }

  fileprivate final class Content: Sendable {
    let signatures: [Signature]
    let constants: [Constant]
    let types: [ObjectType]
    let signatureByName: [String: Signature]
    let constantByName: [String: Constant]
    let typeByName: [ThrModel.ObjectType.Name: ObjectType]

    init(_ signatures: [Signature], _ constants: [Constant], _ types: [ObjectType]) {
      self.signatures = signatures
      self.constants = constants
      self.types = types
      signatureByName = Dictionary(signatures.map { ($0.name, $0) }) { first, _ in first }
      constantByName = Dictionary(constants.map { ($0.name, $0) }) { first, _ in first }
      typeByName = Dictionary(types.map { ($0.name, $0) }) { first, _ in first }
    }
  }

  private let content: Deferred<Content>

  fileprivate init(_ content: @escaping @Sendable () -> Content) {
    self.content = Deferred(content)
  }

  public var signatures: [Signature] { content.value.signatures }
  public var constants: [Constant] { content.value.constants }
  public var types: [ObjectType] { content.value.types }

  public func signature(_ name: String) -> Signature? { content.value.signatureByName[name] }
  public func constant(_ name: String) -> Constant? { content.value.constantByName[name] }
  public func type(_ name: ThrModel.ObjectType.Name) -> ObjectType? {
    content.value.typeByName[name]
  }

  /// Makes the vocabulary now, so that no one waits for it later.
  public func prepare() { _ = content.value }

  /// The function that takes a value of the type and the name of one of its columns, and no more.
  public func columnReader(of type: ValueType) -> String? {
    signatures.first { signature in
      signature.forms.contains { form in
        form.parameters.count == 2 && form.parameters[0].type == type
          && form.parameters[1].kind == .column
      }
    }?.name
  }

  /// What a function or a metric of another tool is called here: `read` for `read_csv`, `f1` for
  /// `f1_score`; `nil` where it has no counterpart.
  public func nameHere(for name: String) -> String? {
    let known = signatures.first { $0.elsewhere.contains(name) }?.name
    let stem = ["_score", "_curve", "_stat"].lazy
      .filter { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) }.first
    return known ?? stem.flatMap { signature($0)?.name ?? constant($0)?.name }
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
  public var names: [String] { signatures.map(\.name) + constants.map(\.name) }
}

extension Constant {
  var facts: Vocabulary.Constant {
    .init(
      name: name, value: value, topic: topic, summary: summary, documentation: documentation)
  }
}

extension ObjectType {
  var facts: Vocabulary.ObjectType {
    .init(
      name: name, summary: summary,
      members: members.map {
        .init(
          name: $0.name, type: $0.type, summary: $0.summary, isHiddenInJSON: $0.isHiddenInJSON,
          role: $0.role)
      })
  }
}
