/// Thrown by a builtin to end the program: no error.
public struct Exit: Error, Hashable {
  /// What the process ends with, from 0 to 255.
  public let status: Int

  public init(status: Int) { self.status = status }
}
