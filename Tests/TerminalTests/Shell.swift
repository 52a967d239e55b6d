import Foundation
import Glibc

/// Processes by what they were started with.
enum Shell {
  /// Kills the `thr` whose history stands in the test's folder, without a warning.
  static func kill(in screen: Screen) {
    let wanted = Data("XDG_STATE_HOME=\(screen.folder.path)\u{0}".utf8)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let process = pid_t(name),
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/exe"))
          == Screen.executable,
        let environment = try? Data(contentsOf: URL(filePath: "/proc/\(name)/environ")),
        environment.range(of: wanted) != nil
      else { continue }
      Glibc.kill(process, SIGKILL)
    }
  }
}
