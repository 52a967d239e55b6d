public import ThrModel
public import ThrSyntax

/// Text at the path of a file that a program uses.
public enum UsedText: Sendable {
  case program(Parse)
  /// It cannot be read, for this reason.
  case unreadable(CallError)
  /// It is not looked at, so that no one knows what it brings.
  case unknown
}

/// Follows the `use` statements of a program: the one place that decides what `use` means.
///
/// A path is that of a file relative to the file that names it. Each file is asked for once. A
/// `use` on a cycle is at fault in every file of the cycle, wherever one begins to look, and brings
/// nothing.
public final class UseResolver {
  /// Names that a file brings; `nil` where they are unknown.
  ///
  /// Asked once for each file; `used` finds what it uses itself.
  public typealias Bringing = (_ path: String, _ parse: Parse, _ used: () -> UsedFiles) ->
    Interface?

  private let graph: UseGraph
  private let bring: Bringing
  private var found: [String: Interface?] = [:]

  /// - Parameters:
  ///   - path: the program's own; `nil` for one that is no file, such as an input.
  ///   - folder: where the paths after `use` start, for a program without a path.
  ///   - text: what stands at a path.
  ///   - interface: what a file brings.
  public init(
    _ program: Parse, at path: String?, in folder: String = "",
    text: (_ path: String) -> UsedText, interface: @escaping Bringing
  ) {
    graph = UseGraph(from: program, at: path, in: folder, text: text)
    bring = interface
  }

  /// Names that the used files bring.
  public var used: UsedFiles { files(usedBy: graph.root) }

  /// Finds what every file brings, those first that others use; also those on cycles.
  public func findAll() {
    for path in graph.order { _ = interface(of: path) }
  }

  private func files(usedBy path: String) -> UsedFiles {
    var used = UsedFiles()
    used.paths = graph.files(reachedFrom: path)
    for (written, target) in graph.uses(of: path) where used.interfaces[written] == nil {
      if let chain = graph.cycle(through: path, using: target) {
        used.faults[written] = .cycle(chain)
      } else if let error = graph.error(at: target) {
        used.faults[written] = .unreadable(error)
      } else {
        used.interfaces[written] = interface(of: target)
      }
    }
    return used
  }

  private func interface(of path: String) -> Interface? {
    if let known = found[path] { return known }
    guard let parse = graph.parse(at: path) else { return nil }
    let new = bring(path, parse) { files(usedBy: path) }
    found[path] = .some(new)
    return new
  }
}
