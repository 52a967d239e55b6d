import JSONText
import ThrAnalysis
import ThrModel
import ThrSyntax

/// The texts and folders that a client works on.
final class Workspace {
  let vocabulary: Vocabulary
  let files: any WorkspaceFiles
  var encoding = PositionEncoding.utf16
  /// Whether leaking rows are errors.
  var isStrict = false {
    didSet {
      knownFiles = [:]
      knownReports = [:]
      for document in documents.values {
        document.startAnew(from: self.document(document.coordinates.source))
      }
    }
  }
  /// The folders that the client works in, as absolute paths.
  private(set) var folders: [String] = []
  private(set) var documents: [String: OpenDocument] = [:]
  /// Files on the disk that open texts use, by path.
  private var knownFiles: [String: KnownFile] = [:]
  /// What was wrong with scripts that are not open, by path.
  var knownReports: [String: KnownReport] = [:]

  init(_ host: LanguageServer.Host) {
    vocabulary = host.vocabulary
    files = host.files
  }

  // MARK: - Folders

  /// Takes the folders from `initialize`: the list, or what older clients send.
  func open(_ params: Params) throws(ResponseError) {
    if let list = params.optional("workspaceFolders") {
      for folder in try list.elements { add(folder: try folder["uri"].string) }
    } else if let root = params.optional("rootUri") {
      add(folder: try root.string)
    } else if let root = params.optional("rootPath") {
      folders = [FileAddress.resolve(try root.string, in: "/")]
    }
  }

  func add(folder address: String) {
    guard let path = FileAddress.path(of: address) else { return }
    folders.append(FileAddress.resolve(path, in: "/"))
  }

  func remove(folder address: String) {
    guard let path = FileAddress.path(of: address) else { return }
    let resolved = FileAddress.resolve(path, in: "/")
    folders.removeAll { $0 == resolved }
  }

  // MARK: - Texts

  func open(_ address: String, version: Int, text: String) {
    let source = Source(text)
    documents[address] = OpenDocument(
      address, version: version, source, document(source), encoding
    ) { [unowned self] uses, path in
      var met: Set<String> = []
      return files(usedBy: uses, at: path, &met)
    }
    FileAddress.path(of: address).map { _ = textChanged(at: $0) }
  }

  func close(_ address: String) {
    guard let document = documents.removeValue(forKey: address) else { return }
    document.path.map { _ = textChanged(at: $0) }
  }

  func openDocument(_ address: String) throws(ResponseError) -> OpenDocument {
    guard let document = documents[address] else {
      throw ResponseError(.invalidParams, "`\(address)` is not open")
    }
    return document
  }

  /// The text of a request: an open one, or that of a file on the disk.
  func text(_ params: Params) throws(ResponseError) -> ReadableText {
    let address = try params["textDocument"]["uri"].string
    if let open = documents[address] {
      return ReadableText(open)
    }
    guard let path = FileAddress.path(of: address), let source = sourceOnDisk(path) else {
      throw ResponseError(.invalidParams, "`\(address)` is neither open nor a file")
    }
    return text(ofFile: path, source)
  }

  /// A file's text: as it is open, or as it is on the disk.
  func text(ofFile path: String) -> ReadableText? {
    if let open = openDocument(atPath: path) {
      return ReadableText(open)
    }
    return sourceOnDisk(path).map { text(ofFile: path, $0) }
  }

  private func text(ofFile path: String, _ source: Source) -> ReadableText {
    var met: Set<String> = []
    let (document, used) = analyse(source, path: path, &met)
    return ReadableText(
      FileAddress.address(of: path), document, TextCoordinates(document.source, encoding), nil,
      uses: used.paths)
  }

  /// The text of a file, as it is open, or as it is on the disk; `nil` for one that is not looked at.
  func source(ofFile path: String) -> Source? {
    guard let open = openDocument(atPath: path) else { return sourceOnDisk(path) }
    return open.isTooLarge ? nil : open.coordinates.source
  }

  private func sourceOnDisk(_ path: String) -> Source? {
    files.contents(of: path).map(Source.init(bytes:)).flatMap { $0.isTooLarge ? nil : $0 }
  }

  func openDocument(atPath path: String) -> OpenDocument? {
    documents.values.first { $0.path == path }
  }

  // MARK: - What texts use

  /// What every script may name before its first statement.
  static let following = Interface(["args": .list(.text)])

  /// What is known of a text; of one that is too large, as if nothing stood there.
  func document(_ source: Source) -> Document {
    Document(
      source.isTooLarge ? Source("") : source, knowing: vocabulary, following: Self.following,
      options: Analysis.Options(isStrict: isStrict))
  }

  /// - Parameter met: the files on the way here; one that uses itself is left out, and refused when
  ///   it runs.
  private func analyse(
    _ source: Source, path: String?, _ met: inout Set<String>
  ) -> (Document, UsedFiles) {
    var document = document(source)
    let uses = Uses(document.parse.program)
    guard !uses.statements.isEmpty else { return (document, UsedFiles()) }
    path.map { _ = met.insert($0) }
    let used = files(usedBy: uses, at: path, &met)
    document.setOutside(following: Self.following, uses: used.interfaces)
    return (document, used)
  }

  private func files(usedBy uses: Uses, at path: String?, _ met: inout Set<String>) -> UsedFiles {
    var used = UsedFiles()
    guard let folder = path.map(FileAddress.folder) else { return used }
    for use in uses.statements where used.interfaces[use.path] == nil {
      let other = FileAddress.resolve(use.path, in: folder)
      used.paths.insert(other)
      if let open = openDocument(atPath: other) {
        used.interfaces[use.path] = open.interface
      } else if let file = fileOnDisk(other, &met) {
        used.interfaces[use.path] = file.interface
        used.paths.formUnion(file.paths)
      }
    }
    return used
  }

  private func fileOnDisk(_ path: String, _ met: inout Set<String>) -> KnownFile? {
    if let known = knownFiles[path], known.states.hold(in: self) { return known }
    guard !met.contains(path), let source = sourceOnDisk(path) else { return nil }
    var states = TextStates(of: [path], in: self)
    let (document, used) = analyse(source, path: path, &met)
    states.add(used.paths, in: self)
    let file = KnownFile(
      interface: document.analysis.interface, paths: used.paths, states: states)
    knownFiles[path] = file
    return file
  }

  /// A text or file has changed, appeared or gone: what open texts know of it is out of date.
  ///
  /// - Returns: the open texts that use it, those that use these, and so on.
  @discardableResult
  func textChanged(at path: String) -> [OpenDocument] {
    var changed: Set<String> = [path]
    var affected: [OpenDocument] = []
    while true {
      for (known, file) in knownFiles where known == path || !file.paths.isDisjoint(with: changed) {
        knownFiles[known] = nil
        changed.insert(known)
      }
      let next = documents.values.filter { document in
        !document.dependencies.isDisjoint(with: changed) && document.path != path
          && !affected.contains { $0 === document }
      }
      if next.isEmpty { return affected }
      for document in next {
        document.outsideChanged()
        document.path.map { _ = changed.insert($0) }
      }
      affected += next
    }
  }
}

/// What the files bring that a text uses.
struct UsedFiles {
  /// By the path as written after `use`.
  var interfaces: [String: Interface] = [:]
  /// All files that were asked for on the way, also those that are missing.
  var paths: Set<String> = []
}

/// A file on the disk that texts use.
private struct KnownFile {
  let interface: Interface
  let paths: Set<String>
  let states: TextStates
}

/// A text that a request asks about.
struct ReadableText {
  let address: String
  let document: Document
  let coordinates: TextCoordinates
  /// The text in the client; `nil` for one that is on the disk only.
  let open: OpenDocument?
  /// The files that the text uses, by whatever way.
  let uses: Set<String>

  init(
    _ address: String, _ document: Document, _ coordinates: TextCoordinates,
    _ open: OpenDocument?, uses: Set<String>
  ) {
    self.address = address
    self.document = document
    self.coordinates = coordinates
    self.open = open
    self.uses = uses
  }

  init(_ open: OpenDocument) {
    let document = open.document
    self.init(open.address, document, open.coordinates, open, uses: open.dependencies)
  }

  func offset(_ params: Params) throws(ResponseError) -> Int {
    coordinates.offset(of: try LinePosition(try params["position"]))
  }
}
