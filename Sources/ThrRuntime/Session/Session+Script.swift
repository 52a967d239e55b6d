import ThrModel
import ThrSyntax

extension Session {
  /// The statements that the session's values depend on, as a program of its own: running it gives
  /// every name the same value.
  ///
  /// Left out is what no value came from: other statements, those that failed, and what was only
  /// looked at, but for the value shown last, which the program shows again. Its paths after `use`
  /// are those seen from the program's own folder.
  ///
  /// - Parameters:
  ///   - names: whose values are wanted; all of them, and `_`, where `nil`.
  ///   - folder: where the program is going to stand, relative to the working folder or absolute.
  ///   - workingFolder: the absolute path of the working folder.
  public func script(
    for names: [String]? = nil, in folder: String = "", workingFolder: String? = nil
  ) -> String {
    withEvaluator { evaluator in
      guard let record = evaluator.record else { return "" }
      let scope = evaluator.scope
      let roots = (names ?? scope.boundNames).compactMap { scope.binding($0)?.writer }
      let hidden = Set(evaluator.library.vocabulary.names + evaluator.predefinedNames)
      let slice = StatementSlice(record, neededFor: roots, hiding: hidden)
      return slice.text { use in
        let path = SourcePath.resolve(use.path, in: use.folder)
        return SourcePath.relative(path, from: folder, workingFolder: workingFolder)
      }
    }
  }
}
