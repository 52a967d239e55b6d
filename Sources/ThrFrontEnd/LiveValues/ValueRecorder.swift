import DocumentEvaluation
import Synchronization
import ThrAnalysis
import ThrModel

/// Keeps the values that recorded parts of a text have while it runs.
final class ValueRecorder: Sendable {
  private struct Seen {
    var count = 0
    var first: [Value] = []
    var last = Value.none
  }

  private let seen = Mutex<[Int: Seen]>([:])

  /// A library with the function that records.
  func extending(_ library: Library) -> Library {
    let recording = Builtin(
      Recording.function, .everyday, "Records a value for an editor.", example: "",
      Builtin.Form(
        Parameter<Double>("number", "The number of the place."),
        Parameter<Value>("value", "The value."), result: .unknown
      ) { [self] _, number, value in
        add(value, at: Int(number))
        return value
      })
    return Library(
      builtins: library.builtins + [recording], constants: library.constants,
      types: library.types)
  }

  private func add(_ value: Value, at place: Int) {
    seen.withLock { seen in
      var known = seen[place] ?? Seen()
      known.count += 1
      if known.first.count < ObservedValues.mostKept { known.first.append(value) }
      known.last = value
      seen[place] = known
    }
  }

  /// Hands over what has been recorded, and forgets it.
  func take(_ display: ValueDisplay) -> [Int: ObservedValues] {
    let all = seen.withLock { seen in
      defer { seen = [:] }
      return seen
    }
    return all.mapValues { seen in
      var values = ObservedValues()
      values.count = seen.count
      values.first = seen.first.map { Self.line($0, display) }
      values.last = Self.line(seen.last, display)
      values.full = display.full(seen.last.beginning)
      return values
    }
  }

  private static func line(_ value: Value, _ display: ValueDisplay) -> String {
    let line = display.line(value).prefix { !$0.isNewline }
    return line.count <= 60 ? String(line) : line.prefix(59) + "…"
  }
}
