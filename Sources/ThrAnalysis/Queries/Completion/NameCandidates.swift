import ThrModel
import ThrSyntax

extension CompletionProbe {
  /// What may stand where a value is expected.
  var values: [Candidate] {
    let wanted = expectation
    if wanted.isOnlyName { return argumentNames(isWritten: false) }
    var all = argumentNames(isWritten: false) + options(wanted)
    all += variables(wanted) + builtins(wanted)
    if !wanted.isStage {
      all += constants(wanted) + leadingKeywords(isCondition: wanted.isCondition)
    }
    if scene.isRow { all += columnNames(quoted: false) }
    return all
  }

  // MARK: - Names in scope

  private func variables(_ wanted: Expectation) -> [Candidate] {
    scene.names(where: isPossible).compactMap { visible in
      if wanted.isStage, visible.callee == nil, visible.type != .unknown { return nil }
      return candidate(for: visible, wanted)
    }
  }

  private func candidate(for visible: Scene.Visible, _ wanted: Expectation) -> Candidate {
    if case .function(let id)? = visible.callee, let function = changed.analysis.functions[id] {
      return candidate(forFunction: visible.name, function)
    }
    let live = surroundings.value(visible.name)
    let type = visible.type == .unknown ? live?.type ?? .unknown : visible.type
    var candidate = Candidate(visible.name, .variable, wanted.rank(of: type, isNear: true))
    candidate.order = visible.distance
    candidate.detail = type == .unknown ? "" : type.fullDescription
    candidate.summary = live?.display ?? ""
    candidate.subject = .variable(
      type == .unknown ? visible.name : "\(visible.name): \(type.fullDescription)")
    if visible.scope != .file, let origin = visible.origin, changed.isParameter(origin) {
      candidate.kind = .parameter
    }
    return candidate
  }

  private func candidate(forFunction name: String, _ function: UserFunction) -> Candidate {
    let form = CallForm(function.declaration)
    var candidate = Candidate(name, .function, .suitable)
    candidate.detail = String(form.label.dropFirst(form.function.count))
    candidate.summary = function.documentation.firstSentence
    candidate.subject = .function(label: form.label, documentation: function.documentation)
    writeCall(of: form, into: &candidate)
    return candidate
  }

  // MARK: - Names of the library, but for those that the text gives another meaning

  private func builtins(_ wanted: Expectation) -> [Candidate] {
    document.vocabulary.signatures.compactMap { signature in
      guard isPossible(signature.name), !scene.knows(signature.name) else { return nil }
      let form = wanted.fitting(signature.forms).first.map { CallForm($0, of: signature) }
      let result = ValueType.either(of: signature.forms.map(\.result))
      var candidate = Candidate(signature.name, .function, wanted.rank(ofCalls: signature, result))
      candidate.detail = form.map { String($0.label.dropFirst(signature.name.count)) } ?? ""
      candidate.summary = signature.summary
      candidate.subject = .builtin(signature.name)
      if let form { writeCall(of: form, into: &candidate) }
      return candidate
    }
  }

  private func constants(_ wanted: Expectation) -> [Candidate] {
    document.vocabulary.constants.enumerated().compactMap { index, constant in
      guard isPossible(constant.name), !scene.knows(constant.name) else { return nil }
      let isMetric = constant.type == .metric || constant.type == .constraint
      let rank = wanted.rank(of: constant)
      var candidate = Candidate(constant.name, isMetric ? .metric : .constant, rank)
      // Where metrics are asked for, in the library's order, the best known first.
      if rank <= .suitable { candidate.order = index }
      candidate.detail = "\(constant.type)"
      candidate.summary = constant.summary
      candidate.subject = .constant(constant.name)
      return candidate
    }
  }

  // MARK: - Calls

  /// Lets a function's name be written with its parentheses and what must stand in them.
  private func writeCall(of form: CallForm, into candidate: inout Candidate) {
    if isBeforeParenthesis { return }
    let given = isStage ? 1 : 0
    let required = form.parameters.dropFirst(given).filter(\.shape.isRequired)
    if isStage, required.isEmpty { return }
    if form.parameters.isEmpty {
      candidate.insertion += "()"
      return
    }
    candidate.insertion += "("
    var parts: [Snippet.Part] = [.text(candidate.label + "(")]
    for (index, parameter) in required.enumerated() {
      if index > 0 { parts.append(.text(", ")) }
      parts.append(.placeholder(parameter.name))
    }
    if required.isEmpty { parts.append(.placeholder("")) }
    candidate.snippet = Snippet(parts + [.text(")")])
  }

  /// Whether the place is the right side of `|>`.
  var isStage: Bool {
    for node in nodes.reversed() {
      guard case .expression(let expression) = node else { return false }
      switch expression {
      case .name, .call: continue
      case .pipe(let pipe): return pipe.first.span.end < place.start
      default: return false
      }
    }
    return false
  }
}

extension Document {
  /// Whether a function's parameter is declared at a place.
  fileprivate func isParameter(_ origin: Origin) -> Bool {
    guard origin.file == nil else { return false }
    let path = SyntaxPath(to: origin.span.start, in: parse.program)
    guard case .binding(let name, .parameter)? = path.innermost else { return false }
    return name.span == origin.span
  }
}

extension String {
  /// The text up to the first full stop that ends a sentence, in one line.
  var firstSentence: String {
    // Of very many comments this is asked at once: their bytes say it sooner than their letters.
    var sentence: [UInt8] = []
    for byte in utf8 {
      let isSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n")
      if !isSpace {
        sentence.append(byte)
      } else if sentence.last == UInt8(ascii: ".") {
        break
      } else if let last = sentence.last, last != UInt8(ascii: " ") {
        sentence.append(UInt8(ascii: " "))
      }
    }
    if sentence.last == UInt8(ascii: " ") { sentence.removeLast() }
    return String(decoding: sentence, as: UTF8.self)
  }
}
