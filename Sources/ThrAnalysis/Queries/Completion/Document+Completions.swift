import ThrModel
import ThrSyntax

extension Document {
  /// Completions at a place, the likeliest first; nothing in comments and numbers, and
  /// where a new name is given a value.
  public func completions(
    at offset: Int, in surroundings: Surroundings = .none
  ) -> Completions {
    let offset = clamped(offset)
    switch parse.lexicalPlace(at: offset) {
    case .comment, .number: return .none(at: offset)
    case .format(let start): return formats(from: start, to: offset)
    case .text:
      return TextCompletion(self, at: offset, surroundings)?.completions ?? .none(at: offset)
    case .code:
      let probe = CompletionProbe(self, at: offset, surroundings)
      return Completions(probe.candidates, matching: probe.written, replacing: probe.span)
    }
  }
}

extension CompletionProbe {
  /// Everything that may be written at the place.
  var candidates: [Candidate] {
    if isAfterExpression { return continuations }
    switch nodes.last {
    case .member?: return members
    case .label?: return argumentNames(isWritten: true)
    case .expression(.name(let name))? where name.span == place: return values
    default: return []
    }
  }
}
