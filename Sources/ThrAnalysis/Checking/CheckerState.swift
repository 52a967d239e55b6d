import ThrModel
import ThrSyntax

/// What distinguishes functions, by where they are declared.
struct FunctionSerials {
  private(set) var places: [DeclarationPlace: Int] = [:]
  private(set) var last: Int

  /// - Parameter last: the serials up to this one are in use.
  init(after last: Int) { self.last = last }

  mutating func reserveCapacity(_ count: Int) { places.reserveCapacity(count) }

  /// Lets the function whose name begins at a place of the analysed text have an earlier serial.
  mutating func keep(_ serial: Int, at offset: Int) {
    places[DeclarationPlace(unit: 0, offset: offset)] = serial
  }

  /// The serial of the function declared at a place, which gets one if it has none.
  mutating func serial(at place: DeclarationPlace) -> Int {
    if let known = places[place] { return known }
    last += 1
    places[place] = last
    return last
  }
}

/// The texts of used files, by their numbers.
struct UsedUnits {
  /// The names that functions of used files look up, by the file's number.
  private(set) var homes: [Int: [String: Binding]]
  private(set) var last: Int

  init(of earlier: Interface) { (homes, last) = (earlier.homes, earlier.lastUnit) }

  /// Gives the texts of a file the numbers that are free now.
  mutating func add(_ interface: Interface, from file: String) -> Interface {
    let used = interface.asUsed(file: file, unit: last + 1)
    last += 1 + interface.lastUnit
    homes.merge(used.homes) { known, _ in known }
    return used
  }
}

/// The place of a name whose surroundings are asked for.
struct Watch {
  let place: Span?
  /// What is known there.
  var scene: Scene?
  /// Whether all is known: what follows is left unchecked.
  private(set) var isAnswered = false

  init(_ place: Span?) { self.place = place }

  func lies(in span: Span) -> Bool { place.map(span.holds) ?? false }

  mutating func answer() { isAnswered = true }
}

/// What is known of the file's names at any time, by their slots.
struct FileNames {
  /// All that each may ever be.
  private(set) var everything: [Binding?] = []
  /// Where the file first gives each a value, if it does.
  private var firstPlaces: [Int?] = []

  mutating func begin(with bindings: [Binding?]) {
    everything = bindings
    everything.reserveCapacity(everything.count + 100)
  }

  mutating func noteFirstPlaces(_ places: [(slot: Int, start: Int)], count: Int) {
    firstPlaces = Array(repeating: nil, count: count)
    for (slot, start) in places { firstPlaces[slot] = start }
  }

  func firstPlace(of slot: Int) -> Int? {
    slot < firstPlaces.count ? firstPlaces[slot] : nil
  }

  /// Notes what a name may be at some time.
  mutating func note(_ binding: Binding, at slot: Int) {
    while everything.count <= slot { everything.append(nil) }
    everything[slot] = everything[slot]?.joined(binding) ?? binding
  }
}

/// The checks of functions' bodies for calls.
struct CheckedCalls {
  /// The functions whose bodies are being checked, outermost first.
  var running: [FunctionID] = []
  /// The results of checks, for calls that would go the same way.
  var known: [BodyCheck: BodyResult] = [:]
  /// The name that the call under way calls, while it is looked up.
  var callee: Span?
  /// What calls found in functions' bodies, to be reported once the bodies themselves are checked.
  var faults: [CallFault] = []
}
