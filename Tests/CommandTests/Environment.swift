import Foundation

extension Command {
  /// This process's variables, except that all that a user keeps between runs is in `home`.
  static func variables(home: URL) -> [String] {
    let own = ["HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"]
    let others = ProcessInfo.processInfo.environment.filter { !own.contains($0.key) }
    return others.map { "\($0.key)=\($0.value)" } + own.map { "\($0)=\(home.path)" }
  }
}
