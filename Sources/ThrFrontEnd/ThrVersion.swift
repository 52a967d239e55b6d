/// The version of thr, as every front end names it.
public enum ThrVersion {
  /// By the rules of semantic versioning.
  public static let current = "0.1.0"
}
