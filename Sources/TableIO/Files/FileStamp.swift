/// Which state of a file stands at a path, without reading it.
///
/// Two equal stamps mean equal content, but for `unknown`, which equals nothing worth knowing.
public enum FileStamp: Hashable, Sendable {
  case missing
  case version(size: Int, change: Int, identity: Int)
  /// The file cannot be distinguished from its earlier or later self.
  case unknown
}
