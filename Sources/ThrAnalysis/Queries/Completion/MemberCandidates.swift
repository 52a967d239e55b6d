import ThrModel
import ThrSyntax

extension CompletionProbe {
  /// The members of the value before the point: those that suit the place, then in the order
  /// declared.
  var members: [Candidate] {
    guard case .expression(.member(let member))? = nodes.dropLast().last else { return [] }
    var types = type(of: member.target).alternatives
    // What the calls of a function hand to its parameter.
    if types == [.unknown] {
      types = RecordFinder(document: changed).records(of: member.target).map { record in
        .record(
          record.fields.map {
            ValueType.Field($0.name.text, changed.facts.type(at: $0.value.span) ?? .unknown)
          })
      }
    }
    let wanted = expectationOfMember
    var met: Set<String> = []
    let found = types.flatMap { members(of: $0, wanted) }.filter { met.insert($0.label).inserted }
    return found.enumerated().map { index, candidate in
      var candidate = candidate
      candidate.order = candidate.order * found.count + index
      return candidate
    }
  }

  private func members(of type: ValueType, _ wanted: Expectation) -> [Candidate] {
    /// Of a value that nothing is known to be asked of, each member is as good as the other.
    func rank(_ type: ValueType) -> Candidate.Rank {
      wanted.type == nil ? .wanted : wanted.rank(of: type, isNear: true)
    }
    switch type {
    case .record(let fields):
      return fields.map { field in
        var candidate = Candidate(field.name, .member, rank(field.type))
        candidate.detail = field.type.fullDescription
        candidate.subject = .variable("\(field.name): \(field.type.fullDescription)")
        return candidate
      }
    case .object(let owner):
      return (document.vocabulary.type(owner)?.members ?? []).map { member in
        var candidate = Candidate(member.name, .member, rank(member.type))
        candidate.order = wanted.order(of: member.role)
        candidate.detail = member.type.fullDescription
        candidate.summary = member.summary
        candidate.subject = .member(of: owner.rawValue, member.name)
        return candidate
      }
    default: return []
    }
  }

  /// What is known of an expression's type, by the text and else by present values.
  func type(of expression: Expression) -> ValueType {
    let known = changed.facts.type(at: expression.span) ?? .unknown
    guard known == .unknown else { return known }
    switch expression.bare {
    case .name(let name): return surroundings.value(name.text)?.type ?? .unknown
    case .member(let member):
      return .either(
        of: type(of: member.target).alternatives.map { memberType(member.name.text, of: $0) })
    default: return .unknown
    }
  }

  private func memberType(_ name: String, of type: ValueType) -> ValueType {
    switch type {
    case .record(let fields): fields.last { $0.name == name }?.type ?? .unknown
    case .object(let owner):
      document.vocabulary.type(owner)?.members.first { $0.name == name }?.type ?? .unknown
    default: .unknown
    }
  }
}
