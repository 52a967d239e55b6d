import Glibc
import ThrAnalysis
import ThrSyntax

/// A name that files share with all its places, in the file that declares it and in those that use
/// that.
struct SharedPlaces {
  let shared: SharedName
  /// The text that declares it.
  let home: ReadableText
  /// Every other text that uses the file, with its places of the name, mostly none.
  let users: [(text: ReadableText, spans: [Span])]
}

extension Workspace {
  /// The places of the name at an offset that other files may know; `nil` for any other name.
  ///
  /// - Parameter new: the name that it is to have: texts are looked at too where that stands.
  func sharedPlaces(
    of text: ReadableText, at offset: Int, renamingTo new: String? = nil
  ) -> SharedPlaces? {
    guard let (shared, home) = sharedName(of: text, at: offset),
      let path = FileAddress.path(of: home.address)
    else { return nil }
    let names = [shared.name, new ?? shared.name]
    let users = allTexts.compactMap { place -> (text: ReadableText, spans: [Span])? in
      // Most texts are not worth an analysis.
      guard let source = source(at: place), source.mentions("use"),
        names.contains(where: source.mentions),
        let user = self.text(at: place), user.address != home.address,
        user.uses.contains(path),
        let folder = FileAddress.path(of: user.address).map(SourcePath.folder)
      else { return nil }
      let spans = user.document.places(ofUsed: shared) {
        SourcePath.resolve($0, in: folder) == path
      }
      return (user, spans)
    }
    return SharedPlaces(shared: shared, home: home, users: users)
  }

  /// The name at an offset that other files may know, with the text that declares it.
  func sharedName(
    of text: ReadableText, at offset: Int
  ) -> (shared: SharedName, home: ReadableText)? {
    guard let shared = text.document.sharedName(at: offset) else { return nil }
    guard let file = shared.file else { return (shared, text) }
    let path = FileAddress.path(of: text.address).map {
      SourcePath.resolve(file, in: SourcePath.folder(of: $0))
    }
    return path.flatMap(self.text(ofFile:)).map { (shared, $0) }
  }

  /// Whether a text is the client's to change: an open one, or one below its folders.
  func isOwn(_ text: ReadableText) -> Bool {
    guard text.open == nil else { return true }
    guard let path = FileAddress.path(of: text.address) else { return false }
    return folders.contains { path.isPath(below: $0) }
  }

  /// The edits that give a shared name another one in every text of the client.
  func rename(
    _ places: SharedPlaces, to name: String
  ) -> Result<[(text: ReadableText, edits: [Edit])], RenameError> {
    let (shared, home) = (places.shared, places.home.document)
    guard isOwn(places.home), let declaration = home.declaration(of: shared) else {
      return .failure(.notDeclaredHere(shared.name))
    }
    switch home.rename(at: declaration.start, to: name) {
    case .failure(let error): return .failure(error)
    case .success(let edits) where edits.isEmpty: return .success([])
    case .success(let edits):
      var all = places.users.map { (text: $0.text, edits: $0.spans.map { Edit($0, name) }) }
      all.insert((text: places.home, edits: edits), at: 0)
      let changed = ChangedFiles(self, all)
      for (text, edits) in all.dropFirst() {
        let uses = changed.files(usedBy: text)
        let folder = FileAddress.path(of: text.address).map(SourcePath.folder) ?? "/"
        let path = FileAddress.path(of: places.home.address)
        let keeps = text.document.means(
          theSameAfter: edits, renamingUsed: shared, to: name,
          declaredIn: { SourcePath.resolve($0, in: folder) == path }, uses: uses)
        guard keeps else { return .failure(.changesMeaning(name)) }
      }
      return .success(all.filter { !$0.edits.isEmpty })
    }
  }
}

/// What files bring once edits of some of them are made.
private struct ChangedFiles {
  private let workspace: Workspace
  private let sources: [String: Source]

  init(_ workspace: Workspace, _ changes: [(text: ReadableText, edits: [Edit])]) {
    self.workspace = workspace
    sources = Dictionary(
      changes.compactMap { text, edits in
        FileAddress.path(of: text.address).map {
          ($0, Source(bytes: text.document.source.applying(edits)))
        }
      }
    ) { first, _ in first }
  }

  func files(usedBy text: ReadableText) -> UsedFiles {
    guard let path = FileAddress.path(of: text.address) else { return UsedFiles() }
    let resolver = UseResolver(text.document.parse, at: path) { path in
      sources[path].map { .program(parse($0)) } ?? workspace.usedText(at: path)
    } interface: { _, parse, used in
      workspace.analysis(of: parse, used()).interface
    }
    return resolver.used
  }
}

extension Source {
  /// Whether the word stands in the text, not as a part of a longer one.
  fileprivate func mentions(_ word: String) -> Bool {
    let word = Array(word.utf8)
    guard let first = word.first else { return true }
    return bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while start + word.count <= bytes.count {
        guard let text = bytes.baseAddress,
          let place = memchr(text + start, Int32(first), bytes.count - start)
        else { return false }
        start = UnsafeRawPointer(place) - UnsafeRawPointer(text)
        let end = start + word.count
        if bytes[start...].starts(with: word), start == 0 || !bytes[start - 1].isWordByte,
          end == bytes.count || !bytes[end].isWordByte
        {
          return true
        }
        start += 1
      }
      return false
    }
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool {
    self == UInt8(ascii: "_") || self >= 0x80 || (0x30...0x39).contains(self)
      || (0x61...0x7A).contains(self | 0x20)
  }
}
