/// Work given up because the caller asked for it.
public struct Cancelled: Error, Hashable, Sendable {
  public init() {}
}

/// An error type with a case for work given up because the caller asked for it.
///
/// Both ways between it and `Cancelled` are here, so that no other error can become one.
public protocol CancellableError: Error, Equatable {
  static var cancelled: Self { get }
}

extension Cancelled: CancellableError {
  public static var cancelled: Cancelled { Cancelled() }
}

extension CancellableError {
  /// Does work that fails only by being cancelled.
  ///
  /// - Throws: `.cancelled`.
  @inlinable
  public static func ifCancelled<Result>(
    _ work: () throws(Cancelled) -> Result
  ) throws(Self) -> Result {
    do throws(Cancelled) { return try work() } catch { throw .cancelled }
  }

  /// Does work that throws this error.
  ///
  /// - Throws: `Cancelled` for `.cancelled`, else what `other` makes of the error.
  @inlinable
  public static func explained<Result>(
    by other: (Self) -> any Error, _ work: () throws(Self) -> Result
  ) throws -> Result {
    do throws(Self) { return try work() } catch .cancelled { throw Cancelled() } catch {
      throw other(error)
    }
  }
}
