import ThrAnalysis
import ThrSyntax

extension Server {
  /// What a text may ask of the world around it: files of its folder, and values that are known.
  func surroundings(of text: ReadableText, at offset: Int) -> Surroundings {
    let files = workspace.files
    // Scripts look where they are run, which is mostly the client's folder, and beside themselves.
    let own = FileAddress.path(of: text.address).map { [FileAddress.folder(of: $0)] } ?? []
    let folders = own + workspace.folders
    @Sendable func paths(_ path: String) -> [String] {
      path.hasPrefix("/") ? [path] : folders.map { FileAddress.resolve(path, in: $0) }
    }
    let values = text.open?.values
    return Surroundings(
      entries: { folder in
        paths(folder).lazy.compactMap(files.entries).first.map {
          $0.map { Surroundings.Entry($0.name, isFolder: $0.isFolder) }
        }
      },
      columns: { path in paths(path).lazy.compactMap(files.columns).first },
      value: { name in values?.statement(giving: name, before: offset)?.known[name] })
  }
}
