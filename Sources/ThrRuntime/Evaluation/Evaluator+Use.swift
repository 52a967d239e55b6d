import TableIO
import ThrModel
import ThrSyntax

/// A file that was run for its names.
enum UsedFile {
  case running
  case done(Scope)
}

extension Evaluator {
  /// Runs a file once, and brings its top-level names in.
  ///
  /// - Parameters:
  ///   - user: the file that the statement stands in.
  ///   - frame: the call whose names it binds; `nil` for the names of a file.
  func use(
    _ use: Statement.Use, in user: SourceFile, into scope: Scope, _ frame: Frame?
  ) throws(Stop) {
    try checkCancelled()
    let path = SourcePath.resolve(use.path, in: user.folder)
    guardian?.usedFiles.insert(path)
    if usedStates != nil { forgetChangedFiles() }
    switch used[path] {
    case .running: throw failure(.useCycle(chain(to: path), at: use.pathSpan))
    case .done(let names): bring(names, into: scope, frame)
    case nil:
      used[path] = .running
      do {
        let earlier = usedStates?.states[path]?.names
        let names = try load(path, use)
        used[path] = .done(names)
        if let earlier { unbind(earlier, goneFrom: names, in: scope, frame) }
        bring(names, into: scope, frame)
        usedStates?.note(path, brought: names, isRoot: depth == 0)
      } catch {
        // The file may be corrected before the next try.
        used[path] = nil
        throw error
      }
    }
  }

  private func unbind(
    _ earlier: Scope, goneFrom names: Scope, in scope: Scope, _ frame: Frame?
  ) {
    if let frame { return frame.unbind(namesOf: earlier, goneFrom: names) }
    scope.unbind(namesOf: earlier, goneFrom: names)
  }

  private func bring(_ names: Scope, into scope: Scope, _ frame: Frame?) {
    if let frame { return frame.bind(contentsOf: names) }
    let known = usedStates?.states
    scope.bind(contentsOf: names) { binding in
      !keepsOwnNames || depth > 0 || known?[binding.file] != nil
    }
  }

  private func load(_ path: String, _ use: Statement.Use) throws(Stop) -> Scope {
    let stamp = context.files.stamp(of: path)
    let bytes = try placing(at: use.pathSpan) { () throws(CallError) in
      try context.readUsed(path)
    }
    let parse = parse(Source(bytes: bytes))
    sources.add(parse.source, named: path)
    if usedStates?.note(path, stamp, parse) == true { reporter.send(.readAgain(path)) }
    depth += 1
    using.append(path)
    defer {
      depth -= 1
      using.removeLast()
    }
    let names = fileScope()
    do throws(Stop) {
      let errors = parse.diagnostics.filter { $0.severity == .error }
      if !errors.isEmpty { throw failure(errors) }
      guard depth < Self.maximumCalls, stack.hasRoom else {
        throw failure(.useCycle(chain(to: path), at: Span(0, 0)))
      }
      let file = SourceFile(name: path, folder: SourcePath.folder(of: path))
      try run(parse.program, .inner, in: names, file)
      return names
    } catch {
      // Functions and the scope that they read keep each other alive.
      names.clear()
      throw error.leaving(path, .use(path), use.span)
    }
  }

  /// The files that use each other, from `path` on back to it.
  private func chain(to path: String) -> [String] {
    Array(([programFile] + using).drop { $0 != path }) + [path]
  }
}
