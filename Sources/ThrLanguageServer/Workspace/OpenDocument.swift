import DocumentEvaluation
import JSONText
import ThrAnalysis
import ThrSyntax

/// A text that the client has open, with what is known of it.
///
/// A change of the text, or of what it uses, is only noted; `bringUpToDate` looks at the text
/// again. So a flood of changes is analysed once.
final class OpenDocument {
  let address: String
  /// `nil` for a text that is no file.
  let path: String?
  private(set) var version: Int
  /// Counts the texts: unlike versions, never the same for two.
  private(set) var generation = 0
  /// The text as the client has it.
  private(set) var coordinates: TextCoordinates
  /// Whether the text is not looked at, which counts as if nothing stood there.
  private(set) var isTooLarge: Bool
  /// The analysis, and the values, of the text as it was when it was last brought up to date.
  private(set) var document: Document
  private(set) var values = LiveValues()
  /// Every file that the text uses, directly or through others, as last brought up to date.
  private(set) var dependencies: Set<String> = []

  private var isTextAnalysed = false
  private var areUsesResolved = false
  private var usedPaths: [String] = []
  private let resolve: (Parse, String) -> UsedFiles

  /// Whether the text, or what is known of it, has changed since its diagnostics were published.
  var needsPublishing = true
  private var published: (generation: Int, diagnostics: [JSON])?
  var colours = ColourResult()

  /// - Parameter resolve: finds what the files bring that a program at a path uses.
  init(
    _ address: String, version: Int, _ source: Source, _ document: Document,
    _ encoding: PositionEncoding, resolve: @escaping (Parse, String) -> UsedFiles
  ) {
    self.address = address
    self.version = version
    self.resolve = resolve
    path = FileAddress.path(of: address)
    coordinates = TextCoordinates(source, encoding)
    isTooLarge = source.isTooLarge
    self.document = document
  }

  /// The folder that relative paths in the text start from.
  var folder: String? { path.map(SourcePath.folder) }

  /// Whether the diagnostics of the text as it is now are others than those published last; from
  /// now on they are those.
  func publish(_ diagnostics: [JSON]) -> Bool {
    if let published, published.generation == generation, published.diagnostics == diagnostics {
      return false
    }
    published = (generation, diagnostics)
    return true
  }
}

// MARK: - Changes

extension OpenDocument {
  func change(to version: Int, _ changes: [TextChange]) {
    self.version = version
    var source = coordinates.source
    for change in changes {
      source = change.applied(to: TextCoordinates(source, coordinates.encoding))
    }
    guard source != coordinates.source else { return }
    coordinates = TextCoordinates(source, coordinates.encoding)
    isTooLarge = source.isTooLarge
    isTextAnalysed = false
    noteChange()
  }

  /// Takes an analysis of the same text with other options.
  func restart(from document: Document) {
    self.document = document
    usedPaths = []
    isTextAnalysed = false
    usedFilesChanged()
  }

  /// A file that the text uses has changed.
  func usedFilesChanged() {
    areUsesResolved = false
    values.drop()
    noteChange()
  }

  private func noteChange() {
    generation += 1
    needsPublishing = true
  }
}

// MARK: - Looking at the text

extension OpenDocument {
  /// Looks at the text as it is now, and at what it uses; values that a change has made doubtful
  /// are dropped.
  func bringUpToDate() {
    analyseText()
    if !areUsesResolved { resolveUses() }
  }

  /// The program as it is now, regardless of the files that it uses.
  var currentParse: Parse {
    analyseText()
    return document.parse
  }

  /// What the text brings to one that uses it; `nil` where the text is not looked at.
  var currentInterface: Interface? {
    if isTooLarge { return nil }
    bringUpToDate()
    return document.analysis.interface
  }

  /// Takes in the result of a statement of the text as it is now.
  ///
  /// - Returns: whether it says anything new.
  func take(_ statement: EvaluatedStatement) -> Bool {
    bringUpToDate()
    return values.insert(statement)
  }

  /// Forgets the values, which something outside the text may have changed.
  func dropValues() { values.drop() }

  private func analyseText() {
    guard !isTextAnalysed else { return }
    isTextAnalysed = true
    let source = isTooLarge ? Source("") : coordinates.source
    if document.source != source {
      let edited = document.edit(to: source)
      if !values.statements.isEmpty {
        values.follow(EditReach(of: edited), isStrict: document.options.isStrict)
      }
    }
    let paths = Uses(document.parse).statements.map(\.path)
    if paths != usedPaths {
      usedPaths = paths
      areUsesResolved = false
    }
  }

  private func resolveUses() {
    areUsesResolved = true
    guard let path, !usedPaths.isEmpty || !dependencies.isEmpty else { return }
    let used = resolve(document.parse, path)
    dependencies = used.paths
    document.setOutside(following: Workspace.following, uses: used)
  }
}
