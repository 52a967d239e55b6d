import ThrModel
public import ThrSyntax

extension Checker {
  /// What a name may stand for at this point.
  enum Resolution {
    case bound(StaticValue)
    case builtin(Signature)
    case constant(Constant)
    /// It is given a value only further down.
    case later(Span)
    /// It may exist where the checker cannot look.
    case unseen
    /// Only a later input of the session can bring it.
    case awaited
    case missing
  }

  func resolve(_ name: String) -> Resolution {
    var found: StaticValue?
    var later: Span?
    var isOpen = false
    var awaitsMore = false
    var frame: Int? = names.current
    while let index = frame {
      if let binding = names.frames[index].bindings[name] {
        let value = found?.joined(binding.value) ?? binding.value
        if binding.isCertain { return .bound(value) }
        found = value
      }
      later = later ?? names.frames[index].assigned[name]
      isOpen = isOpen || names.frames[index].isOpen
      awaitsMore = names.frames[index].awaitsMore
      frame = names.frames[index].parent
    }
    if let known = resolveOutside(name, found) { return known }
    if isOpen { return .unseen }
    return awaitsMore ? .awaited : later.map(Resolution.later) ?? .missing
  }

  private func resolveOutside(_ name: String, _ found: StaticValue?) -> Resolution? {
    if let signature = vocabulary.signature(name) {
      guard let found else { return .builtin(signature) }
      return .bound(found.joined(.builtin(signature)))
    }
    if let constant = vocabulary.constant(name) {
      guard let found else { return .constant(constant) }
      return .bound(found.joined(StaticValue(constant: constant.value)))
    }
    return found.map(Resolution.bound)
  }

  /// The innermost binding of a name.
  func binding(of name: String) -> Binding? {
    var frame: Int? = names.current
    while let index = frame {
      if let binding = names.frames[index].bindings[name] { return binding }
      frame = names.frames[index].parent
    }
    return nil
  }

  func value(of name: Name) -> StaticValue {
    if name.text.isEmpty { return .unknown }
    noteReference(name)
    if name.span == watch.place { noteScene() }
    let isRow = names.frames[names.current].isRow
    switch resolve(name.text) {
    case .bound(let value): return isRow ? .unknown : value
    case .builtin(let signature): return isRow ? .unknown : .builtin(signature)
    case .constant(let constant):
      return isRow ? .unknown : StaticValue(constant: constant.value)
    case .unseen: return .unknown
    case .later(let span):
      report(.assignedLater(name, at: line(at: span), span))
    // A name that only keeps a place for another is not looked up among those that are like it.
    case .missing where name.span == watch.place, .awaited where name.span == watch.place: break
    case .awaited: reportAwaited(name)
    case .missing: report(unknownName(name))
    }
    return .unknown
  }

  private func unknownName(_ name: Name) -> Diagnostic {
    CallError.unknownName(
      name.text, among: namesToCompare(), nameHere: vocabulary.nameHere(for: name.text),
      isCalled: calls.callee == name.span
    ).diagnostic(at: name.span)
  }

  /// Reports a name in a function's body that only a later input of the session can bring.
  private func reportAwaited(_ name: Name) {
    guard context.purpose == .body else { return }
    report(.notYetDefined(name, unknownName(name)))
  }

  /// Every name that may be written here.
  var visibleNames: [String] {
    var visible: [String] = []
    var frame: Int? = names.current
    while let index = frame {
      visible += names.frames[index].bindings.names.sorted()
      frame = names.frames[index].parent
    }
    return visible + vocabulary.names
  }

  // MARK: - Giving values

  /// Gives a name of the current scope a value.
  func assign(_ name: Name, _ value: StaticValue) {
    guard !name.text.isEmpty else { return }
    if names.current == 0, context.purpose == .file { warnOfHiding(name) }
    noteDeclaration(name, value)
    bind(name.text, Binding(value: value, place: name.span))
  }

  func bind(_ name: String, _ binding: Binding) {
    guard names.current == 0 else {
      names.bind(name, binding)
      return
    }
    let old = names.frames[0].bindings[name]
    if old?.value != binding.value { outerNames.change(name) }
    let bound = names.bind(name, binding)
    fileNames.note(bound.binding, at: bound.slot)
    present.note(bound: BoundName(slot: bound.slot, name: name, binding: bound.binding))
  }

  private func warnOfHiding(_ name: Name) {
    // Once is enough, at the first place of the file.
    guard names.frames[0].assigned[name.text] == name.span, !earlierNames.contains(name.text)
    else { return }
    if let signature = vocabulary.signature(name.text) {
      report(.hides(name, "function \(signature.name)(…)"))
    } else if let constant = vocabulary.constant(name.text) {
      report(.hides(name, "\(constant.type) \(constant.name)"))
    }
  }
}

extension StaticValue {
  static func builtin(_ signature: Signature) -> StaticValue {
    var value = StaticValue(.function)
    value.callee = .builtin(signature.name)
    return value
  }
}

/// Counts changes of the file's names that functions' bodies read.
struct OuterNames {
  /// Equal at two points where no such name differs.
  private(set) var version = 0
  private var latest = 0
  private var read: Set<String> = []

  mutating func add(_ function: UserFunction) { read.formUnion(function.mentioned) }

  mutating func change(_ name: String) {
    guard read.contains(name) else { return }
    latest += 1
    version = latest
  }

  mutating func changeAll() {
    latest += 1
    version = latest
  }

  /// Goes back to a point at which the names were what they are again.
  mutating func restore(_ version: Int) { self.version = version }
}

extension Diagnostic.Kind {
  public static let assignedLater = Diagnostic.Kind(
    "E0214", "assigned-later",
    explanation: .init(
      """
      Statements run from top to bottom, so a name can be used only below the line that assigns \
      it. Functions are the exception: they can be called anywhere in their file.
      """,
      wrong: "print(total)\ntotal = 3", right: "total = 3\nprint(total)"))

  public static let notYetDefined = Diagnostic.Kind(
    "W0645", "not-yet-defined", .warning,
    explanation: .init(
      """
      At the prompt a function may read names that are given later. The name in its body is not \
      known yet: define it before the function is called. In a script this is the error \
      `unknown-name`.
      """,
      wrong: "fn fails(x) = x + misspelt", right: "fn works(x) = x + 1"))

  public static let hidesBuiltin = Diagnostic.Kind(
    "W0601", "hides-builtin", .warning,
    explanation: .init(
      """
      You may assign a value to the name of a builtin, but below that line the builtin cannot be \
      used.
      """,
      wrong: "scores = scores([0.2, 0.9], [0, 1])", right: "s = scores([0.2, 0.9], [0, 1])"))
}

extension Diagnostic {
  fileprivate static func assignedLater(_ name: Name, at line: Int, _ place: Span) -> Diagnostic {
    Diagnostic(
      .assignedLater, at: name.span, "`\(name.text)` is used before its assignment in line \(line)",
      remedy: "move that line above this one", notes: [.init("here", at: place)])
  }

  fileprivate static func notYetDefined(_ name: Name, _ unknown: Diagnostic) -> Diagnostic {
    Diagnostic(
      .notYetDefined, at: name.span, "`\(name.text)` is not defined yet",
      remedy: unknown.fixes.isEmpty ? "define it before the function is called" : unknown.remedy,
      fixes: unknown.fixes)
  }

  fileprivate static func hides(_ name: Name, _ what: String) -> Diagnostic {
    Diagnostic(
      .hidesBuiltin, at: name.span, "`\(name.text)` hides the \(what) from here on",
      remedy: "choose another name if you need the builtin later")
  }
}
