import ThrModel
import ThrSyntax

/// Which file uses which, from one program on.
struct UseGraph {
  private struct File {
    var text: UsedText
    /// The paths as written and as meant, in the order of the text.
    var uses: [(written: String, target: String)] = []
  }

  /// A longer chain of files could not be run either.
  private static let depthLimit = 1_000

  /// The path of the program; for one that is no file, what no path looks like.
  let root: String
  /// Every file that can be read but the program, those first that others use.
  private(set) var order: [String] = []
  private var files: [String: File] = [:]
  /// The files on cycles, and those on the way from one cycle to another.
  private var tangled: Set<String> = []

  init(
    from program: Parse, at path: String?, in folder: String, text: (String) -> UsedText
  ) {
    root = path.map { SourcePath.resolve($0, in: "") } ?? "//input"
    add(
      root, .program(program), in: path == nil ? folder : SourcePath.folder(of: root), depth: 0,
      text)
    if order.last == root { order.removeLast() }
    tangled = files(onCycles: Set(files.keys))
  }

  private mutating func add(
    _ path: String, _ text: UsedText, in folder: String, depth: Int, _ read: (String) -> UsedText
  ) {
    files[path] = File(text: text)
    guard case .program(let parse) = text, depth < Self.depthLimit else { return }
    for use in Uses(parse).statements where !use.pathSpan.isEmpty {
      let target = SourcePath.resolve(use.path, in: folder)
      files[path]?.uses.append((use.path, target))
      guard files[target] == nil else { continue }
      add(target, read(target), in: SourcePath.folder(of: target), depth: depth + 1, read)
    }
    order.append(path)
  }

  // MARK: - Looking up

  func uses(of path: String) -> [(written: String, target: String)] { files[path]?.uses ?? [] }

  func parse(at path: String) -> Parse? {
    if case .program(let parse)? = files[path]?.text { parse } else { nil }
  }

  func error(at path: String) -> CallError? {
    if case .unreadable(let error)? = files[path]?.text { error } else { nil }
  }

  /// Every file that one uses, directly or through others; itself only where it is on a cycle.
  func files(reachedFrom path: String) -> Set<String> {
    var reached: Set<String> = []
    var open = [path]
    while let next = open.popLast() {
      for (_, target) in uses(of: next) where reached.insert(target).inserted {
        open.append(target)
      }
    }
    return reached
  }

  // MARK: - Cycles

  /// Leaves out of some files, again and again, those that use none of the others, and those that
  /// none of the others uses.
  private func files(onCycles all: Set<String>) -> Set<String> {
    var left = all
    while true {
      let used = Set(left.flatMap { uses(of: $0).map(\.target) })
      let kept = left.filter { path in
        used.contains(path) && uses(of: path).contains { left.contains($0.target) }
      }
      if kept.count == left.count { return left }
      left = kept
    }
  }

  /// The files from `target` back to itself through a file that uses it: a shortest way.
  func cycle(through path: String, using target: String) -> [String]? {
    guard tangled.contains(path), tangled.contains(target) else { return nil }
    var user: [String: String] = [:]
    var open = [target]
    var position = 0
    while position < open.count, user[path] == nil, target != path {
      let next = open[position]
      position += 1
      for (_, other) in uses(of: next) where tangled.contains(other) && other != target {
        if user[other] == nil {
          user[other] = next
          open.append(other)
        }
      }
    }
    guard target == path || user[path] != nil else { return nil }
    var chain = [target, path]
    while let last = chain.last, last != target, let next = user[last] { chain.append(next) }
    return chain.reversed()
  }
}
