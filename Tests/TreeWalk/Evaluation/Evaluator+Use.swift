import ThrModel
import ThrRuntime
import ThrSyntax

/// A file that was run for its names.
enum UsedFile {
  case running
  case done(Scope)
}

extension Evaluator {
  /// Runs a file once, and brings its top-level names in.
  func use(_ use: Statement.Use) throws(Stop) {
    try checkCancelled()
    let path = SourcePath.resolve(use.path, in: file.folder)
    switch used[path] {
    case .running: throw failure(.useCycle(chain(to: path), at: use.pathSpan))
    case .done(let names): scope.bind(contentsOf: names)
    case nil:
      used[path] = .running
      do {
        let names = try load(path, use)
        used[path] = .done(names)
        scope.bind(contentsOf: names)
      } catch {
        // The file may be fixed before the next try.
        used[path] = nil
        throw error
      }
    }
  }

  private func load(_ path: String, _ use: Statement.Use) throws(Stop) -> Scope {
    let bytes = try placing(at: use.pathSpan) { () throws(CallError) in
      try context.readUsed(path)
    }
    let parse = parse(Source(bytes: bytes))
    sources.add(parse.source, named: path)
    frames.append(.init(kind: .use(path), span: use.span, file: file.name))
    let outerFile = file
    file = SourceFile(name: path, folder: SourcePath.folder(of: path))
    defer {
      frames.removeLast()
      file = outerFile
    }
    let errors = parse.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw failure(errors) }
    guard frames.count < Self.maximumCalls, stack.hasRoom else {
      throw failure(.useCycle(chain(to: path), at: Span(0, 0)))
    }
    let names = fileScope()
    try within(names) { () throws(Stop) in try run(parse.program, .inner) }
    return names
  }

  /// The files that use each other, from `path` on back to it.
  private func chain(to path: String) -> [String] {
    var files = frames.compactMap { frame in
      if case .use(let path) = frame.kind { path } else { nil }
    }
    files.insert(programFile, at: 0)
    return Array(files.drop { $0 != path }) + [path]
  }
}
