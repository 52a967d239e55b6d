import ThrAnalysis
import ThrSyntax

/// Where a text is that someone may ask about.
enum TextPlace: Hashable {
  case open(String)
  case file(String)
}

extension Workspace {
  // Beyond this many, a folder is not one of programs that someone edits.
  private static let fileLimit = 2_000
  private static let folderLimit = 2_000
  private static let depthLimit = 16

  /// Every text of the client: those that are open, and the scripts in its folders.
  var allTexts: [TextPlace] {
    let opened = Set(documents.values.compactMap(\.path))
    return documents.keys.sorted().map(TextPlace.open)
      + scripts.filter { !opened.contains($0) }.map(TextPlace.file)
  }

  /// The text at a place; `nil` where it has gone.
  func text(at place: TextPlace) -> ReadableText? {
    switch place {
    case .open(let address): documents[address].map(ReadableText.init)
    case .file(let path): text(ofFile: path)
    }
  }

  /// The text at a place, of which nothing is known yet.
  func source(at place: TextPlace) -> Source? {
    switch place {
    case .open(let address): documents[address]?.coordinates.source
    case .file(let path): source(ofFile: path)
    }
  }

  /// The paths of the scripts in the folders, in order; no links, which may lead back or make two
  /// of one file.
  private var scripts: [String] {
    var found: Set<String> = []
    var looked = 0
    var open = folders.reversed().map { ($0, files.canonicalPath(of: $0) ?? $0, 0) }
    while let (folder, home, depth) = open.popLast(), found.count < Self.fileLimit,
      looked < Self.folderLimit
    {
      looked += 1
      for entry in files.entries(of: folder) ?? [] where !entry.name.hasPrefix(".") {
        guard entry.isFolder || entry.name.hasSuffix(".thr") else { continue }
        let (path, real) = (folder.entry(entry.name), home.entry(entry.name))
        guard files.canonicalPath(of: path) == real else { continue }
        if !entry.isFolder {
          found.insert(path)
        } else if depth < Self.depthLimit {
          open.append((path, real, depth + 1))
        }
      }
    }
    return found.sorted()
  }

  /// The open texts by path, for evaluating a text that uses them.
  var openTexts: [String: [UInt8]] {
    Dictionary(
      documents.values.compactMap { document in
        document.path.map { ($0, document.coordinates.source.bytes) }
      }
    ) { first, _ in first }
  }
}

extension String {
  /// The path of an entry of the folder.
  fileprivate func entry(_ name: String) -> String { self == "/" ? "/" + name : self + "/" + name }
}
