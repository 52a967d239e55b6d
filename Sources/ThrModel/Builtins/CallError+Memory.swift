import NumberText
import ParallelWork
public import ThrSyntax

extension CallError {
  /// Refuses work for which the memory would not do, before it begins.
  ///
  /// - Parameter needed: in bytes.
  public static func checkMemory(for needed: Int, parameter: String? = nil) throws(CallError) {
    if !AvailableMemory.holds(needed) { throw .outOfMemory(needed, parameter: parameter) }
  }

  /// The same for a product that may be larger than any whole number.
  public static func checkMemory(for needed: Double, parameter: String) throws(CallError) {
    try checkMemory(for: Int(exactly: needed.rounded()) ?? .max, parameter: parameter)
  }

  private static func outOfMemory(_ needed: Int, parameter: String?) -> CallError {
    let available = AvailableMemory.bytes ?? 0
    return CallError(
      .outOfMemory,
      "this needs about \(megabytes(needed)) of memory, and \(megabytes(available)) are available",
      remedy: "use less data, leave a table in its file by `read(…, stream=true)`, or allow the "
        + "process more memory", parameter: parameter)
  }

  private static func megabytes(_ bytes: Int) -> String {
    "\((Double(bytes) / 1e6).rounded(.up).countText) MB"
  }
}

extension Diagnostic.Kind {
  public static let outOfMemory = Diagnostic.Kind(
    "E0310", "out-of-memory",
    explanation: .init(
      """
      The memory that is available, or that `ulimit` or a container allows, is not enough for the \
      values that the call would make. Nothing was computed; all earlier values are kept.
      """,
      wrong: "synth(100000000, 0.9) on a machine with 2 GB of memory",
      right: "synth(100000, 0.9)"))
}
