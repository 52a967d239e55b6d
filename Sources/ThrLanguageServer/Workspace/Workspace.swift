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
      knownFiles = KnownFiles()
      knownReports = [:]
      for document in documents.values {
        document.restart(from: self.document(document.coordinates.source))
      }
    }
  }
  /// The folders that the client works in, as absolute paths.
  private(set) var folders: [String] = []
  private(set) var documents: [String: OpenDocument] = [:]
  /// Files on the disk that texts use, by path.
  var knownFiles = KnownFiles()
  /// What was wrong with scripts that are not open, by path.
  var knownReports: [String: KnownReport] = [:]
  /// What projects want to be reported, by the path of the file that says so.
  var knownRules: [String: KnownRules] = [:]
  /// What scripts that are not open declare, by path.
  var knownSymbols: [String: KnownSymbols] = [:]

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
      folders = [SourcePath.resolve(try root.string, in: "/")]
    }
  }

  func add(folder address: String) {
    guard let path = FileAddress.path(of: address) else { return }
    folders.append(SourcePath.resolve(path, in: "/"))
  }

  func remove(folder address: String) {
    guard let path = FileAddress.path(of: address) else { return }
    let resolved = SourcePath.resolve(path, in: "/")
    folders.removeAll { $0 == resolved }
  }

  // MARK: - Texts

  func open(_ address: String, version: Int, text: String) {
    let source = Source(text)
    documents[address] = OpenDocument(
      address, version: version, source, document(source), encoding
    ) { [unowned self] parse, path in files(usedBy: parse, at: path) }
    FileAddress.path(of: address).map { _ = textChanged(at: $0) }
  }

  func close(_ address: String) {
    guard let document = documents.removeValue(forKey: address) else { return }
    document.path.map { _ = textChanged(at: $0) }
  }

  func openDocument(_ address: String) throws(ResponseError) -> OpenDocument {
    guard let document = document(at: address) else {
      throw ResponseError(.invalidParams, "`\(address)` is not open")
    }
    return document
  }

  /// The open document of an address, however a client escapes its characters: `%5B` is `%5b`.
  private func document(at address: String) -> OpenDocument? {
    documents[address] ?? FileAddress.path(of: address).flatMap(openDocument(atPath:))
  }

  /// The text of a request: an open one, or that of a file on the disk.
  func text(_ params: Params) throws(ResponseError) -> ReadableText {
    let address = try params["textDocument"]["uri"].string
    if let open = document(at: address) {
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
    var document = document(source)
    let used = files(usedBy: document.parse, at: path)
    if !used.paths.isEmpty { document.setOutside(following: Self.following, uses: used) }
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
    let bytes = (try? files.contents(of: path)) ?? nil
    return bytes.map(Source.init(bytes:)).flatMap { $0.isTooLarge ? nil : $0 }
  }

  func openDocument(atPath path: String) -> OpenDocument? {
    documents.values.first { $0.path == path }
  }

  /// A text or file has changed, appeared or gone: what open texts know of it is out of date.
  ///
  /// - Returns: the open texts that use it, those that use these, and so on.
  @discardableResult
  func textChanged(at path: String) -> [OpenDocument] {
    var changed: Set<String> = [path]
    var affected: [OpenDocument] = []
    while true {
      changed.formUnion(knownFiles.forget(usersOf: changed))
      let next = documents.values.filter { document in
        !document.dependencies.isDisjoint(with: changed) && document.path != path
          && !affected.contains { $0 === document }
      }
      if next.isEmpty { return affected }
      for document in next {
        document.usedFilesChanged()
        document.path.map { _ = changed.insert($0) }
      }
      affected += next
    }
  }
}
