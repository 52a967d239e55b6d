import ThrModel
import ThrSyntax

extension Interface {
  /// How a function of the text is called, with the comment above it; `nil` where the name stands
  /// for none.
  public func help(onFunction name: String) -> HelpDocument? {
    function(named: name).map { function in
      HelpDocument([.code(CallForm(function.declaration).label)])
        + HelpDocument(prose: function.documentation)
    }
  }

  /// The comment above a function of the text, its signs taken off; empty where there is none.
  public func documentation(ofFunction name: String) -> String {
    function(named: name)?.documentation ?? ""
  }

  private func function(named name: String) -> UserFunction? {
    guard case .function(let id)? = names[name]?.value.callee else { return nil }
    return functions[id]
  }
}
