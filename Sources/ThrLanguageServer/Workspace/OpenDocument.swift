import DocumentEvaluation
import JSONText
import ThrAnalysis
import ThrSyntax

/// A text that the client has open, with what is known of it.
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
  /// The text as it was analysed last; a flood of changes is analysed once.
  private var analysed: Document
  private var isAnalysed = false
  private var isOutsideKnown = false
  private var usedPaths: [String] = []
  private var isResolving = false
  private let resolve: (Uses, String?) -> UsedFiles
  /// The files that the text uses, by whatever way, but not by way of another open text.
  private(set) var dependencies: Set<String> = []

  /// Whether the client has not been told yet what is wrong with the text.
  var owesDiagnostics = true
  private var told: (generation: Int, diagnostics: [JSON])?
  var colours = ColourResult()
  /// What is known of the values of the text as it is now.
  var values: LiveValues {
    get {
      // Looking at the text drops what a change has made doubtful.
      _ = document
      return knownValues
    }
    set { knownValues = newValue }
  }
  private var knownValues = LiveValues()

  /// Takes in what a statement of the text as it is now came to, and tells whether that is news.
  func take(_ statement: EvaluatedStatement) -> Bool {
    _ = document
    return knownValues.insert(statement)
  }

  /// - Parameter resolve: finds what the files bring that a text at a path uses.
  init(
    _ address: String, version: Int, _ source: Source, _ document: Document,
    _ encoding: PositionEncoding, resolve: @escaping (Uses, String?) -> UsedFiles
  ) {
    self.address = address
    self.version = version
    self.resolve = resolve
    path = FileAddress.path(of: address)
    coordinates = TextCoordinates(source, encoding)
    isTooLarge = source.isTooLarge
    analysed = document
  }

  /// The folder that relative paths in the text start from.
  var folder: String? { path.map(FileAddress.folder) }

  /// The analysis of the text as it is now.
  var document: Document {
    if !isAnalysed {
      isAnalysed = true
      let source = isTooLarge ? Source("") : coordinates.source
      if analysed.source != source {
        let earlier = analysed
        analysed.edit(to: source)
        if !knownValues.statements.isEmpty {
          knownValues.follow(
            EditReach(from: earlier, to: analysed), isStrict: analysed.options.isStrict)
        }
      }
      let paths = usedPathsNow
      if paths != usedPaths {
        usedPaths = paths
        isOutsideKnown = false
      }
    }
    if !isOutsideKnown { lookOutside() }
    return analysed
  }

  /// Whether the client has not been told just this of just this text; from now on it has.
  func isNews(_ diagnostics: [JSON]) -> Bool {
    if let told, told.generation == generation, told.diagnostics == diagnostics { return false }
    told = (generation, diagnostics)
    return true
  }

  /// Most texts use no others, which their words tell sooner than their tree.
  private var usedPathsNow: [String] {
    guard analysed.parse.tokens.contains(where: { $0.kind == .use }) else { return [] }
    return Uses(analysed.parse.program).statements.map(\.path)
  }

  /// What the text brings to one that uses it; `nil` to a file that the text itself uses, and where
  /// that is not known.
  var interface: Interface? {
    isResolving || isTooLarge ? nil : document.analysis.interface
  }

  private func lookOutside() {
    isOutsideKnown = true
    guard !usedPaths.isEmpty || !dependencies.isEmpty else { return }
    isResolving = true
    let used = resolve(Uses(analysed.parse.program), path)
    isResolving = false
    dependencies = used.paths
    analysed.setOutside(following: Workspace.following, uses: used.interfaces)
  }

  func change(to version: Int, _ changes: [TextChange]) {
    self.version = version
    var source = coordinates.source
    for change in changes {
      source = change.applied(to: TextCoordinates(source, coordinates.encoding))
    }
    guard source != coordinates.source else { return }
    coordinates = TextCoordinates(source, coordinates.encoding)
    isTooLarge = source.isTooLarge
    isAnalysed = false
    renew()
  }

  /// Takes an analysis of the same text with other options.
  func startAnew(from document: Document) {
    analysed = document
    usedPaths = []
    isAnalysed = false
    outsideChanged()
  }

  /// Something that the text uses has changed.
  func outsideChanged() {
    isOutsideKnown = false
    knownValues.drop()
    renew()
  }

  private func renew() {
    generation += 1
    owesDiagnostics = true
  }
}
