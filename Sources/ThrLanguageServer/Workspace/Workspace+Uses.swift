import ThrAnalysis
import ThrModel
import ThrSyntax

/// Files on the disk that texts use, while they stay as they are.
struct KnownFiles {
  fileprivate struct Text {
    let text: UsedText
    let states: TextStates
  }

  fileprivate struct Brought {
    let interface: Interface
    let used: Set<String>
    let states: TextStates
  }

  fileprivate var texts: [String: Text] = [:]
  fileprivate var interfaces: [String: Brought] = [:]

  /// Forgets some files and what is known of those that use them.
  ///
  /// - Returns: all that were forgotten.
  mutating func forget(usersOf changed: Set<String>) -> Set<String> {
    for path in changed { texts[path] = nil }
    let users = interfaces.filter { path, brought in
      changed.contains(path) || !brought.used.isDisjoint(with: changed)
    }
    for path in users.keys { interfaces[path] = nil }
    return Set(users.keys)
  }
}

extension Workspace {
  /// What every script may name before its first statement.
  static let following = Interface(["args": .list(.text)])

  /// What is known of a text; of one that is too large, as if nothing stood there.
  func document(_ source: Source) -> Document {
    Document(
      source.isTooLarge ? Source("") : source, knowing: vocabulary, following: Self.following,
      options: Analysis.Options(isStrict: isStrict))
  }

  /// What the files bring that a program at an absolute path uses.
  func files(usedBy program: Parse, at path: String) -> UsedFiles {
    guard !Uses(program).statements.isEmpty else { return UsedFiles() }
    return UseResolver(program, at: path, text: usedText, interface: interface).used
  }

  func usedText(at path: String) -> UsedText {
    if let open = openDocument(atPath: path) {
      return open.isTooLarge ? .unknown : .program(open.currentParse)
    }
    if let known = knownFiles.texts[path], known.states.hold(in: self) { return known.text }
    let states = TextStates(of: [path], in: self)
    let text = textOnDisk(path)
    knownFiles.texts[path] = .init(text: text, states: states)
    return text
  }

  private func textOnDisk(_ path: String) -> UsedText {
    do throws(CallError) {
      guard let bytes = try files.contents(of: path) else { return .unknown }
      let source = Source(bytes: bytes)
      return source.isTooLarge ? .unknown : .program(parse(source))
    } catch {
      return .unreadable(error)
    }
  }

  private func interface(
    of path: String, _ parse: Parse, _ used: () -> UsedFiles
  ) -> Interface? {
    if let open = openDocument(atPath: path) { return open.currentInterface }
    if let known = knownFiles.interfaces[path], known.states.hold(in: self) {
      return known.interface
    }
    var states = TextStates(of: [path], in: self)
    let used = used()
    states.add(used.paths, in: self)
    let interface = analysis(of: parse, used).interface
    knownFiles.interfaces[path] = .init(interface: interface, used: used.paths, states: states)
    return interface
  }

  func analysis(of parse: Parse, _ used: UsedFiles) -> Analysis {
    Analysis(
      of: parse, knowing: vocabulary, following: Self.following, uses: used,
      options: Analysis.Options(isStrict: isStrict))
  }
}
