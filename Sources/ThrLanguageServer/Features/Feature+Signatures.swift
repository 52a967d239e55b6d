import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// How to fill the parentheses around the cursor.
  static let signatureHelp = Feature(
    capabilities: { _ in
      [
        "signatureHelpProvider": [
          "triggerCharacters": ["(", ","], "retriggerCharacters": ["=", ")"],
        ]
      ]
    },
    requests: [
      RequestHandler("textDocument/signatureHelp") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        guard var help = text.document.signatureHelp(at: try text.offset(params)) else {
          return .null
        }
        if let context = params.optional("context") { help.keepForm(shownBefore: context.json) }
        return server.signatures(help)
      }
    ])
}

extension SignatureHelp {
  /// A form that the user has turned to stays, as long as it takes the argument.
  fileprivate mutating func keepForm(shownBefore context: JSON) {
    guard context["isRetrigger"]?.bool == true, let shown = context["activeSignatureHelp"],
      shown["signatures"]?.array?.map({ $0["label"]?.string }) == forms.map(\.label),
      let form = shown["activeSignature"]?.integer, forms.indices.contains(form),
      forms[form].activeParameter != nil
    else { return }
    activeForm = form
  }
}

extension Server {
  fileprivate func signatures(_ help: SignatureHelp) -> JSON {
    var object: JSON.Object = [
      "signatures": .array(help.forms.map(signature)),
      "activeSignature": .number(Double(help.activeForm)),
    ]
    if let active = active(help.forms[help.activeForm]) { object["activeParameter"] = active }
    return .object(object)
  }

  private func signature(_ form: SignatureHelp.Form) -> JSON {
    var object: JSON.Object = ["label": .string(form.label)]
    if let page = form.documentation {
      object["documentation"] = prose(client.signatureMarkup, [.help(page)])
    }
    // Offsets into labels are in UTF-16, regardless of the encoding of positions.
    let label = TextCoordinates(Source(form.label), .utf16)
    object["parameters"] = .array(
      form.parameters.map { parameter in
        let range = label.range(of: parameter.span)
        let place: JSON =
          client.parameterOffsets
          ? [.number(Double(range.start.character)), .number(Double(range.end.character))]
          : .string(label.source.text(parameter.span))
        guard !parameter.documentation.isEmpty else { return ["label": place] }
        return ["label": place, "documentation": .string(parameter.documentation)]
      })
    if client.activeParameterOfSignature, let active = active(form) {
      object["activeParameter"] = active
    }
    return .object(object)
  }

  /// Where no parameter is left, a number beyond them: clients then mark none.
  private func active(_ form: SignatureHelp.Form) -> JSON? {
    guard !form.parameters.isEmpty else { return nil }
    return .number(Double(form.activeParameter ?? form.parameters.count))
  }
}
