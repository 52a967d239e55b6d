import JSONText
import ThrAnalysis
import ThrSyntax

extension Feature {
  /// Links on the paths of files that a text uses and reads.
  static let links = Feature(
    capabilities: { _ in ["documentLinkProvider": [:]] },
    requests: [
      RequestHandler("textDocument/documentLink") { (server, params) throws(ResponseError) in
        let text = try server.workspace.text(params)
        return .array(
          text.document.pathLinks.compactMap { link in
            server.workspace.files(named: link, in: text).first {
              server.workspace.files.state(of: $0) != .missing
            }.map {
              [
                "range": text.coordinates.json(link.span),
                "target": .string(FileAddress.address(of: $0)),
              ]
            }
          })
      }
    ])

  /// Paths that follow the files that they name.
  static let renamedFiles = Feature(
    capabilities: { client in
      guard client.renamesFiles else { return [:] }
      return [
        "workspace": [
          "fileOperations": [
            "willRename": [
              "filters": [
                ["scheme": "file", "pattern": ["glob": "**/*.{thr,csv,tsv,txt,data,json,jsonl}"]],
                ["scheme": "file", "pattern": ["glob": "**", "matches": "folder"]],
              ]
            ]
          ]
        ]
      ]
    },
    requests: [
      RequestHandler("workspace/willRenameFiles") { (server, params) throws(ResponseError) in
        let moves = try params["files"].elements.map { (file) throws(ResponseError) in
          FileMove(from: try file["oldUri"].string, to: try file["newUri"].string)
        }
        let changes = server.workspace.changes(following: moves.compactMap { $0 })
        return changes.isEmpty ? .null : server.workspaceEdit(changes)
      }
    ])
}

/// A file or a folder that gets another path.
struct FileMove {
  let old: String
  let new: String

  init?(from old: String, to new: String) {
    guard let old = FileAddress.path(of: old), let new = FileAddress.path(of: new) else {
      return nil
    }
    self.old = SourcePath.resolve(old, in: "/")
    self.new = SourcePath.resolve(new, in: "/")
  }

  /// Where a path is afterwards; `nil` where it stays.
  fileprivate func path(_ path: String) -> String? {
    if path == old { return new }
    return path.hasPrefix(old + "/") ? new + path.dropFirst(old.count) : nil
  }
}

extension Workspace {
  /// The absolute paths that a path in a text may mean, the likeliest first.
  func files(named link: PathLink, in text: ReadableText) -> [String] {
    if link.path.hasPrefix("/") { return [link.path] }
    return startingFolders(of: link, in: text).map { SourcePath.resolve(link.path, in: $0) }
  }

  private func startingFolders(of link: PathLink, in text: ReadableText) -> [String] {
    let own = FileAddress.path(of: text.address).map(SourcePath.folder)
    return link.isUse ? [own].compactMap { $0 } : folders(readFrom: own)
  }

  /// The edits of all texts that let paths name the same files after some have moved.
  func changes(following moves: [FileMove]) -> [(text: ReadableText, edits: [Edit])] {
    func moved(_ path: String) -> String {
      moves.lazy.compactMap { $0.path(path) }.first ?? path
    }
    return allTexts.compactMap { place -> (text: ReadableText, edits: [Edit])? in
      guard let text = self.text(at: place), let own = FileAddress.path(of: text.address) else {
        return nil
      }
      let (oldFolder, newFolder) = (SourcePath.folder(of: own), SourcePath.folder(of: moved(own)))
      let edits = text.document.pathLinks.compactMap { link -> Edit? in
        guard !link.path.hasPrefix("/") else {
          let path = moved(link.path)
          return path == link.path ? nil : Edit(link.span, path)
        }
        guard
          let folder = startingFolders(of: link, in: text).first(where: {
            files.state(of: SourcePath.resolve(link.path, in: $0)) != .missing
          })
        else { return nil }
        let target = SourcePath.resolve(link.path, in: folder)
        let start = folder == oldFolder ? newFolder : folder
        guard moved(target) != target || start != folder else { return nil }
        let path = SourcePath.relative(moved(target), from: start)
        return path == link.path ? nil : Edit(link.span, path)
      }
      return edits.isEmpty ? nil : (text, edits)
    }
  }
}

extension SourcePath {
  /// An absolute path as it is written in a folder, `../data/a.csv`.
  fileprivate static func relative(_ path: String, from folder: String) -> String {
    let target = path.split(separator: "/")
    let start = folder.split(separator: "/")
    let common = zip(target, start).prefix { $0 == $1 }.count
    let up = Array(repeating: Substring(".."), count: start.count - common)
    return (up + target[common...]).joined(separator: "/")
  }
}
