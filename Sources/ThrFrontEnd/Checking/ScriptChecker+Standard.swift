import TableIO
import ThrLibrary
import ThrModel

extension ScriptChecker {
  /// Checks with the names of the standard library, on the disk.
  public init(isStrict: Bool) {
    self.init(
      vocabulary: Library.standard.vocabulary, files: LocalFileSystem(), isStrict: isStrict)
  }
}
