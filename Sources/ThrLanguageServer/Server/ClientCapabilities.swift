import JSONText

/// What the client said it can, as far as it makes a difference here.
struct ClientCapabilities: Sendable {
  private let json: JSON

  init(_ json: JSON = .null) { self.json = json }

  // MARK: - Texts and edits

  var positionEncoding: PositionEncoding {
    PositionEncoding(offered: self["general.positionEncodings"]?.array)
  }
  var versionedEdits: Bool { has("workspace.workspaceEdit.documentChanges") }
  var appliesEdits: Bool { has("workspace.applyEdit") }

  // MARK: - Completion, hover, signatures

  var snippets: Bool { has("textDocument.completion.completionItem.snippetSupport") }
  var insertReplace: Bool { has("textDocument.completion.completionItem.insertReplaceSupport") }
  var preselect: Bool { has("textDocument.completion.completionItem.preselectSupport") }
  var completionMarkup: MarkupKind {
    markup("textDocument.completion.completionItem.documentationFormat")
  }
  /// Whether a member of completion items may stand once for the whole list.
  func hasItemDefault(_ member: String) -> Bool {
    contains("textDocument.completion.completionList.itemDefaults", .string(member))
  }
  var hoverMarkup: MarkupKind { markup("textDocument.hover.contentFormat") }
  var signatureMarkup: MarkupKind {
    markup("textDocument.signatureHelp.signatureInformation.documentationFormat")
  }
  var parameterOffsets: Bool {
    has("textDocument.signatureHelp.signatureInformation.parameterInformation.labelOffsetSupport")
  }
  var activeParameterOfSignature: Bool {
    has("textDocument.signatureHelp.signatureInformation.activeParameterSupport")
  }

  // MARK: - Symbols, code actions, diagnostics

  var nestedSymbols: Bool {
    has("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport")
  }
  var codeActionLiterals: Bool { self["textDocument.codeAction.codeActionLiteralSupport"] != nil }
  var preferredActions: Bool { has("textDocument.codeAction.isPreferredSupport") }
  var disabledActions: Bool { has("textDocument.codeAction.disabledSupport") }
  /// Whether the edit of an action may be asked for later.
  var resolvesActionEdits: Bool {
    has("textDocument.codeAction.dataSupport")
      && contains("textDocument.codeAction.resolveSupport.properties", "edit")
  }
  var relatedInformation: Bool { has("textDocument.publishDiagnostics.relatedInformation") }
  var diagnosticVersions: Bool { has("textDocument.publishDiagnostics.versionSupport") }
  var diagnosticLinks: Bool { has("textDocument.publishDiagnostics.codeDescriptionSupport") }
  var diagnosticData: Bool { has("textDocument.publishDiagnostics.dataSupport") }
  func hasDiagnosticTag(_ tag: Int) -> Bool {
    contains("textDocument.publishDiagnostics.tagSupport.valueSet", .number(Double(tag)))
  }
  /// A client that asks for diagnostics need not receive them unasked as well.
  var pullsDiagnostics: Bool { self["textDocument.diagnostic"] != nil }

  var renamesFiles: Bool { has("workspace.fileOperations.willRename") }
  var preparesRename: Bool { has("textDocument.rename.prepareSupport") }

  // MARK: - Folding, hints, lenses

  var foldsWholeLines: Bool { has("textDocument.foldingRange.lineFoldingOnly") }
  var hints: Bool { self["textDocument.inlayHint"] != nil }
  var refreshesHints: Bool { has("workspace.inlayHint.refreshSupport") }
  var refreshesLenses: Bool { has("workspace.codeLens.refreshSupport") }
  /// The protocol says `diagnostics`; what Helix and Zed are built on says `diagnostic`.
  var refreshesDiagnostics: Bool {
    has("workspace.diagnostics.refreshSupport") || has("workspace.diagnostic.refreshSupport")
  }

  // MARK: - Talking

  var configuration: Bool { has("workspace.configuration") }
  func registers(_ feature: String) -> Bool { has("\(feature).dynamicRegistration") }

  // MARK: - Looking up

  private subscript(path: String) -> JSON? {
    var value: JSON? = json
    for key in path.split(separator: ".") { value = value?[String(key)] }
    return value?.isNull == true ? nil : value
  }

  private func has(_ path: String) -> Bool { self[path]?.bool == true }

  private func contains(_ path: String, _ element: JSON) -> Bool {
    self[path]?.array?.contains(element) == true
  }

  /// Markdown where the client can show it.
  private func markup(_ path: String) -> MarkupKind {
    contains(path, .string(MarkupKind.markdown.rawValue)) ? .markdown : .plaintext
  }
}

/// In which form the client shows prose.
enum MarkupKind: String, Sendable {
  case markdown, plaintext
}
