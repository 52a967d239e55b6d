import DocumentEvaluation
import ThrAnalysis
import ThrSyntax

extension Server {
  /// What a text may ask of the world around it: files of its folder, and values that are known.
  func surroundings(of text: ReadableText, at offset: Int) -> Surroundings {
    let files = workspace.files
    let own = FileAddress.path(of: text.address).map(SourcePath.folder)
    let folders = workspace.folders(readFrom: own)
    @Sendable func paths(_ path: String, in folders: [String]) -> [String] {
      path.hasPrefix("/") ? [path] : folders.map { SourcePath.resolve(path, in: $0) }
    }
    @Sendable func entries(_ paths: [String]) -> [Surroundings.Entry]? {
      let found = paths.compactMap(files.entries)
      guard !found.isEmpty else { return nil }
      var met: Set<String> = []
      return found.joined().filter { met.insert($0.name).inserted }
        .map { Surroundings.Entry($0.name, isFolder: $0.isFolder) }
    }
    let values = text.open?.values
    return Surroundings(
      entries: { entries(paths($0, in: folders)) },
      neighbours: { entries(paths($0, in: own.map { [$0] } ?? [])) },
      columns: { paths($0, in: folders).lazy.compactMap(files.columns).first },
      value: { name in values?.statement(giving: name, before: offset)?.known[name] })
  }
}

extension Workspace {
  /// Where a script looks for the files that it reads: in the folder in which it is run, and beside
  /// itself.
  ///
  /// - Parameter own: the script's folder; `nil` for a text that is no file.
  func folders(readFrom own: String?) -> [String] {
    guard let own else { return folders.isEmpty ? [] : [folders[0]] }
    let around = folders.filter { own.isPath(below: $0) }
      .max { $0.utf8.count < $1.utf8.count }
    return around == own ? [own] : [around, own].compactMap { $0 }
  }
}
