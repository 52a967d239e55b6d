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

  /// What to run, where the arguments say it plainly: flags of a run, then a script or `-e CODE`, then
  /// the script's own; `nil` where the argument parser must look.
  ///
  /// The parser takes a third of the time that a short script takes from start to exit.
  static func plainRun(_ arguments: [String]) -> Run? {
    var run = Run()
    for (position, argument) in arguments.enumerated() {
      let rest = arguments[(position + 1)...]
      switch argument {
      case "--json": run.json = true
      case "--strict": run.strict = true
      case "--dry-run": run.dryRun = true
      case "-i": run.isInteractive = true
      case "-e":
        guard let code = rest.first else { return nil }
        run.code = code.isEmpty ? "\n" : code
        run.arguments = Array(rest.dropFirst())
        return run
      default:
        if argument.isEmpty || argument.hasPrefix("-") || subcommands.contains(argument) {
          return nil
        }
        run.file = argument
        run.arguments = Array(rest)
        return run
      }
    }
    return nil
  }

  private static let subcommands = Set(
    Thr.configuration.subcommands.compactMap { $0.configuration.commandName })
}
