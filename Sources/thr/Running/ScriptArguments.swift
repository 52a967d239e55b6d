import ArgumentParser

/// Where thr's own arguments end and the script's begin.
enum ScriptArguments {
  /// Everything after the script's file, or after the code of `-e`, is the script's.
  ///
  /// The argument parser sees thr's own part only, so that `thr report.thr --help` reaches the
  /// script, and `-e` takes the next argument even where it begins with `-`.
  static func split(
    _ arguments: [String]
  ) throws(ValidationError) -> (own: [String], script: [String]) {
    for (position, argument) in arguments.enumerated() {
      let next = position + 1
      if argument == "-e" {
        guard next < arguments.count else {
          throw ValidationError("`-e` takes code: thr -e '1 + 1'")
        }
        // An empty value would count as none.
        let code = "--evaluate=" + (arguments[next].isEmpty ? "\n" : arguments[next])
        return (arguments[..<position] + [code], Array(arguments[(next + 1)...]))
      }
      if argument == "--" {
        let end = min(next + 1, arguments.count)
        return (Array(arguments[..<end]), Array(arguments[end...]))
      }
      if argument.hasPrefix("-"), argument != "-" { continue }
      if subcommands.contains(argument) { break }
      return (Array(arguments[...position]), Array(arguments[next...]))
    }
    return (arguments, [])
  }

  private static let subcommands = Set(
    Thr.configuration.subcommands.compactMap { $0.configuration.commandName })
}
