import TerminalOutput

extension REPL {
  /// How many entries `.history` lists.
  private static let listedEntries = 20

  /// Lists the newest entries that hold a text, or makes an entry the next input by its number.
  func showHistory(_ argument: String) -> Next {
    let entries = history.complete()
    if let number = Int(argument) {
      guard (1...max(entries.count, 1)).contains(number), entries.count > 0 else {
        Messages.write("there is no entry \(number)\n")
        return .goOn
      }
      return .edit(entries[number - 1])
    }
    var found: [Int] = []
    var place = entries.count
    while found.count < Self.listedEntries,
      let next = entries.last(before: place, where: { argument.isEmpty || $0.contains(argument) })
    {
      found.append(next)
      place = next
    }
    guard !found.isEmpty else {
      Messages.write(argument.isEmpty ? "no entries yet\n" : "no entry holds `\(argument)`\n")
      return .goOn
    }
    let digits = "\(entries.count)".count
    show(
      found.reversed().map { place in
        let number = "\(place + 1)"
        let gap = String(repeating: " ", count: digits - number.count)
        let indent = "\n" + String(repeating: " ", count: digits + 2)
        return gap + number + "  " + entries[place].replacing("\n", with: indent)
      }.joined(separator: "\n"))
    return .goOn
  }
}
