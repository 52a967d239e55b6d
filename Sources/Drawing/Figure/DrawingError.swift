/// Why a figure could not be drawn into a file's bytes.
public struct DrawingError: Error, Hashable, Sendable {
  public enum Problem: Hashable, Sendable {
    /// The library that draws PNG and PDF is not on this machine.
    case noCairo
    /// The library is there, but lacks a function: it is too old.
    case unsuitableCairo(missing: String)
    /// There is no font to write the texts with.
    case noFont
    /// The library refused, with its own words.
    case cairo(String)
  }

  public let problem: Problem

  init(_ problem: Problem) { self.problem = problem }
}

extension DrawingError: CustomStringConvertible {
  /// Message: one line without a full stop.
  public var message: String {
    switch problem {
    case .noCairo: "writing PNG and PDF needs the library cairo, which is not installed"
    case .unsuitableCairo(let missing): "the installed library cairo lacks `\(missing)`"
    case .noFont: "no font was found for the texts"
    case .cairo(let words): "the library cairo could not draw: \(words)"
    }
  }

  /// Remedy, where there is one.
  public var remedy: String? { remedy(orWrite: ".svg") }

  /// Remedy, where there is one.
  ///
  /// - Parameter ending: Of a file of the same that needs no library, such as `.svg`.
  public func remedy(orWrite ending: String) -> String? {
    switch problem {
    case .noCairo: "install libcairo2 (`apt install libcairo2`), or write an `\(ending)`"
    case .unsuitableCairo: "install cairo 1.16 or newer, or write an `\(ending)`"
    case .noFont: "install one (`apt install fonts-dejavu-core`), or write an `\(ending)`"
    case .cairo: nil
    }
  }

  public var description: String { remedy.map { "\(message); \($0)" } ?? message }
}
