import ThrModel
public import ThrSyntax

/// Completions at a place, the likeliest first.
public struct Completions: Hashable, Sendable {
  /// Text that an item replaces.
  public var span: Span
  public var items: [Item]

  static func none(at offset: Int) -> Completions {
    Completions(span: Span(offset, offset), items: [])
  }

  public struct Item: Hashable, Sendable {
    public var label: String
    public var kind: Kind
    /// The signature or the type, in one line; may be empty.
    public var detail: String
    /// One sentence; may be empty.
    public var summary: String
    /// Plain text of the item, for editors without placeholders.
    public var insertion: String
    /// Text with placeholders; `nil` where it would be the same.
    public var snippet: Snippet?
    /// Texts that sort as the items do.
    public var sortKey: String
    /// Whether it is what is meant most probably.
    public var isPreselected: Bool
    let subject: Subject
  }

  public enum Kind: Hashable, Sendable, CaseIterable {
    case keyword, function, metric
    /// A value of the library that is no metric.
    case constant
    case variable, parameter, member, namedArgument
    /// A word that an option takes.
    case option
    case column
    /// A file or a folder.
    case path
    case format
  }

  /// What an item is of, for its documentation.
  enum Subject: Hashable, Sendable {
    case nothing
    case builtin(String)
    case constant(String)
    case keyword(String)
    case parameter(of: String, String)
    case member(of: String, String)
    case function(label: String, documentation: String)
    case variable(String)
  }
}

/// A text with places to fill in, in their order.
public struct Snippet: Hashable, Sendable {
  public enum Part: Hashable, Sendable {
    case text(String)
    /// Stands there until something is written over it.
    case placeholder(String)
  }

  public var parts: [Part]

  init(_ parts: [Part]) { self.parts = parts }
}

extension Document {
  /// The page on an item, for the one that is looked at.
  public func documentation(of item: Completions.Item) -> HelpDocument? {
    switch item.subject {
    case .nothing: nil
    case .builtin(let name): vocabulary.signature(name).map(HelpDocument.init)
    case .constant(let name): vocabulary.constant(name).map(HelpDocument.init)
    case .keyword(let word): LanguageTopic.named(word).map(HelpDocument.init)
    case .parameter(let function, let name): help(onParameter: name, of: function)
    case .member(let owner, let name): help(onMember: name, of: owner)
    case .function(let label, let documentation):
      HelpDocument([.code(label)]) + HelpDocument(prose: documentation)
    case .variable(let text): HelpDocument([.code(text)])
    }
  }
}
