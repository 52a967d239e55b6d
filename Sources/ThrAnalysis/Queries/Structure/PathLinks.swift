import ThrModel
public import ThrSyntax

/// A path of a file that the text names: after `use`, or as an argument for one.
public struct PathLink: Hashable, Sendable {
  /// The characters between the quotes.
  public var span: Span
  public var path: String
  /// Whether it starts in the folder of the text; others may start in the one in which it runs, too.
  public var isUse: Bool

  public init(span: Span, path: String, isUse: Bool) {
    self.span = span
    self.path = path
    self.isUse = isUse
  }
}

extension Document {
  /// The paths that the text names, in order; only those written as plain texts.
  public var pathLinks: [PathLink] {
    var links: [PathLink] = []
    parse.program.walk { node in
      switch node {
      case .statement(.use(let use)): links += link(to: use.path, in: use.pathSpan, isUse: true)
      case .expression(.call(let call)):
        for argument in pathArguments(of: call) {
          guard case .text(let text) = argument.bare, let path = text.literal else { continue }
          links += link(to: path, in: text.span, isUse: false)
        }
      default: break
      }
    }
    return links.sorted { $0.span.start < $1.span.start }
  }

  private func link(to path: String, in quoted: Span, isUse: Bool) -> [PathLink] {
    let content = Span(quoted.start + 1, quoted.end - 1)
    // What is escaped has other places in the text than in the path.
    guard content.start < content.end, text(content) == path else { return [] }
    return [PathLink(span: content, path: path, isUse: isUse)]
  }

  private func pathArguments(of call: Expression.Call) -> [Expression] {
    guard case .builtin(let name)? = facts.callee(at: call.callee.span),
      let signature = vocabulary.signature(name),
      signature.forms.contains(where: { $0.parameters.contains { $0.kind == .path } })
    else { return [] }
    let place = self.call(around: call.argumentsSpan.start + 1)
    let isPiped = place?.call.span == call.span && place?.isPiped == true
    let labels = (isPiped ? [nil] : []) + call.arguments.map { $0.label?.text }
    for form in signature.forms {
      let slots = ArgumentMatch(labels: labels, to: form.shapes).slots
      let found = zip(form.parameters, slots).filter { $0.0.kind == .path }.flatMap { $0.1 }
        .map { $0 - (isPiped ? 1 : 0) }.filter { $0 >= 0 }
      if !found.isEmpty { return found.map { call.arguments[$0].value } }
    }
    return []
  }
}
