public import ThrModel
public import ThrSyntax

/// A text under edit with all that is knowable of it, for prompts and editors; a value, cheap to
/// copy.
///
/// Every question takes places as offsets in UTF-8, any number of them: one outside the text or
/// inside a character is answered like the nearest sensible one. Nothing is run or read.
public struct Document: Sendable {
  public private(set) var parse: Parse
  public private(set) var analysis: Analysis
  /// Diagnostics of the parser and the checker, by place.
  public private(set) var diagnostics: [Diagnostic]

  let vocabulary: Vocabulary
  private(set) var following: Interface
  private(set) var uses: UsedFiles
  public let options: Analysis.Options

  public var source: Source { parse.source }

  /// The names that a file gives a value which the text uses; `nil` where they are not all known.
  public func names(givenByUsed path: String) -> Set<String>? { uses.interfaces[path]?.givenNames }

  /// - Parameters:
  ///   - following: the names that exist before the first statement.
  ///   - uses: what the files bring that the text uses.
  public init(
    _ source: Source, knowing vocabulary: Vocabulary, following: Interface = Interface(),
    uses: UsedFiles = UsedFiles(), options: Analysis.Options = .init()
  ) {
    self.vocabulary = vocabulary
    self.following = following
    self.uses = uses
    self.options = options
    parse = ThrSyntax.parse(source)
    analysis = Analysis(
      of: parse, knowing: vocabulary, following: following, uses: uses, options: options)
    diagnostics = parse.withoutIgnored(Self.merged(parse.diagnostics, analysis.diagnostics))
  }

  /// A document of which everything is known already.
  public init(
    _ parse: Parse, _ analysis: Analysis, knowing vocabulary: Vocabulary,
    following: Interface = Interface(), uses: UsedFiles = UsedFiles(),
    options: Analysis.Options = .init()
  ) {
    self.vocabulary = vocabulary
    self.following = following
    self.uses = uses
    self.options = options
    self.parse = parse
    self.analysis = analysis
    diagnostics = parse.withoutIgnored(Self.merged(parse.diagnostics, analysis.diagnostics))
  }

  /// The document with edits made, in the order of the text and not overlapping.
  ///
  /// - Parameter watched: the place of a name whose surroundings are asked for, in the new text.
  init(
    _ other: Document, edited edits: [(span: Span, bytes: [UInt8])], watching watched: Span? = nil
  ) {
    self.init(other, EditedProgram(other.parse, replacing: edits), watching: watched)
  }

  private init(_ other: Document, _ edited: EditedProgram, watching watched: Span?) {
    vocabulary = other.vocabulary
    following = other.following
    uses = other.uses
    options = other.options
    parse = edited.new
    analysis = Analysis(
      of: parse, knowing: vocabulary, following: following, uses: uses, options: options,
      watching: watched, continuing: Continuation(of: other.analysis, edited))
    diagnostics = parse.withoutIgnored(Self.merged(parse.diagnostics, analysis.diagnostics))
  }

  /// Puts `replacement` in the place of `span`; the document is then what a new one of the whole
  /// text would be.
  ///
  /// - Returns: what has become of the statements.
  /// - Complexity: O(n) for the text; only statements are checked again that the edit can affect.
  @discardableResult
  public mutating func edit(_ span: Span, with replacement: [UInt8]) -> EditedProgram {
    let start = clamped(span.start)
    let span = Span(start, max(start, clamped(span.end)))
    let edited = EditedProgram(parse, replacing: [(span, replacement)])
    self = Document(self, edited, watching: nil)
    return edited
  }

  /// Puts another text in the place of the whole; the document is then what a new one of it would
  /// be.
  ///
  /// - Returns: what has become of the statements.
  /// - Complexity: as for an edit of all between the first and the last byte that differ.
  @discardableResult
  public mutating func edit(to source: Source) -> EditedProgram {
    let (span, replacement) = self.source.difference(to: source)
    if span.isEmpty, replacement.isEmpty { return EditedProgram(parse, replacing: []) }
    return edit(span, with: replacement)
  }

  /// Looks at the text again after what it follows or uses has changed.
  public mutating func setOutside(following: Interface, uses: UsedFiles) {
    self.following = following
    self.uses = uses
    analysis = Analysis(
      of: parse, knowing: vocabulary, following: following, uses: uses, options: options)
    diagnostics = parse.withoutIgnored(Self.merged(parse.diagnostics, analysis.diagnostics))
  }

  private static func merged(_ first: [Diagnostic], _ second: [Diagnostic]) -> [Diagnostic] {
    if second.isEmpty { return first }
    var all: [Diagnostic] = []
    all.reserveCapacity(first.count + second.count)
    var rest = second[...]
    for diagnostic in first {
      while let next = rest.first, next.span.start < diagnostic.span.start {
        all.append(next)
        rest.removeFirst()
      }
      all.append(diagnostic)
    }
    return all + rest
  }

  var facts: Facts { analysis.facts }

  func clamped(_ offset: Int) -> Int { min(max(offset, 0), source.bytes.count) }

  func text(_ span: Span) -> String { source.text(span) }
}
