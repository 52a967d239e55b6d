/// All that a program may name without declaring it, handed to analysis and runtime by whoever
/// wires them.
public struct Library: Sendable {
  public let builtins: [Builtin]
  public let constants: [Constant]
  public let types: [ObjectType]
  public let vocabulary: Vocabulary
  private let builtinByName: [String: Builtin]
  private let constantByName: [String: Value]
  private let typeByName: [ObjectType.Name: ObjectType]

  public init(builtins: [Builtin], constants: [Constant], types: [ObjectType]) {
    self.builtins = builtins
    self.constants = constants
    self.types = types
    builtinByName = Dictionary(builtins.map { ($0.signature.name, $0) }) { first, _ in first }
    constantByName = Dictionary(constants.map { ($0.name, $0.value) }) { first, _ in first }
    typeByName = Dictionary(types.map { ($0.name, $0) }) { first, _ in first }
    vocabulary = Vocabulary(
      signatures: builtins.map(\.signature), constants: constants.map(\.facts),
      types: types.map(\.facts))
  }

  public func builtin(_ name: String) -> Builtin? { builtinByName[name] }
  public func constant(_ name: String) -> Value? { constantByName[name] }
  public func type(_ name: ObjectType.Name) -> ObjectType? { typeByName[name] }
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
    /// What the member's rows are set aside for, where it is rows of the value.
    public let role: Role?
  }

  public struct ObjectType: Hashable, Sendable {
    public let name: ThrModel.ObjectType.Name
    public let summary: String
    public let members: [Member]
  }

  public let signatures: [Signature]
  public let constants: [Constant]
  public let types: [ObjectType]
  private let signatureByName: [String: Signature]
  private let constantByName: [String: Constant]
  private let typeByName: [ThrModel.ObjectType.Name: ObjectType]

  public init(signatures: [Signature], constants: [Constant], types: [ObjectType]) {
    self.signatures = signatures
    self.constants = constants
    self.types = types
    signatureByName = Dictionary(signatures.map { ($0.name, $0) }) { first, _ in first }
    constantByName = Dictionary(constants.map { ($0.name, $0) }) { first, _ in first }
    typeByName = Dictionary(types.map { ($0.name, $0) }) { first, _ in first }
  }

  public func signature(_ name: String) -> Signature? { signatureByName[name] }
  public func constant(_ name: String) -> Constant? { constantByName[name] }
  public func type(_ name: ThrModel.ObjectType.Name) -> ObjectType? { typeByName[name] }

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
        .init(name: $0.name, type: $0.type, summary: $0.summary, role: $0.role)
      })
  }
}
