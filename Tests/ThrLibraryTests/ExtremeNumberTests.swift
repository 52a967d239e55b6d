import Testing
import ThrLibrary
import ThrModel

/// No number, however large or small, ends the process: each is taken, or refused with a message.
@Suite struct ExtremeNumberTests {
  private static let extremes = [
    "1e19", "-1e19", "9.3e18", "-9.3e18", "1e300", "-1e300", "inf", "-inf", "5e-324", "-5e-324",
    "0", "-1", "0.5", "2147483648", "-2147483649", "9007199254740993",
  ]

  /// Each numeric argument of each builtin in turn, the others as its example has them.
  @Test(arguments: Library.standard.builtins.map(\.signature.name))
  func everyNumericArgument(name: String) throws {
    let signature = try #require(Library.standard.builtin(name)?.signature)
    let example = try #require(ExampleCall(signature.example, of: name))
    for form in signature.forms {
      for (place, parameter) in form.parameters.enumerated()
      where parameter.argumentType.accepts(.number) != .never {
        for number in Self.extremes {
          // Not written as a literal, which the checker would refuse before the run.
          let argument = "number(\"\(number)\")"
          _ = LibraryRun(example.with(argument, as: parameter.name, at: place))
        }
      }
    }
  }

  @Test(arguments: [
    ("range(1e19, 0)", 0), ("range(1e20, 1)", 0), ("range(0, -1e300)", 0), ("range(-1e300)", 0),
    ("range(9.3e18, 0)", 0), ("range(1e308, -1e308)", 0), ("range(-1e300, 1e300, 1e300)", 2),
    ("range(0, 1e300, -1)", 0), ("range(0, 1e19, 1e18)", 10),
  ])
  func rangesOfExtremeEnds(call: String, count: Double) {
    let run = LibraryRun("len(\(call))")
    #expect(run.values == [.number(count)], "\(run.codes)")
  }
}

/// A call in a text, cut where an argument can be put in.
private struct ExampleCall {
  private let before: String
  private let arguments: [String]
  private let after: String

  init?(_ text: String, of name: String) {
    guard let start = text.ranges(of: "\(name)(").last?.upperBound else { return nil }
    var (depth, arguments, end) = (0, [""], text.endIndex)
    for place in text[start...].indices {
      let character = text[place]
      if ")]}".contains(character) { depth -= 1 }
      if depth < 0 {
        end = place
        break
      }
      if "([{".contains(character) { depth += 1 }
      if character == ",", depth == 0 {
        arguments.append("")
      } else {
        arguments[arguments.count - 1].append(character)
      }
    }
    before = String(text[..<start])
    self.arguments = arguments
    after = String(text[end...])
  }

  func with(_ argument: String, as name: String, at place: Int) -> String {
    var changed = arguments
    let named = changed.firstIndex { $0.drop { $0 == " " }.hasPrefix("\(name)=") }
    if let named {
      changed[named] = "\(name)=\(argument)"
    } else if changed.indices.contains(place), !changed[place].contains("=") {
      changed[place] = argument
    } else {
      changed.append("\(name)=\(argument)")
    }
    return before + changed.joined(separator: ", ") + after
  }
}
