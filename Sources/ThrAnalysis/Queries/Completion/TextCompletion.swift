import ThrModel
import ThrSyntax

/// What may stand between the quotes of a text: an option's words, paths, columns, fields.
struct TextCompletion {
  let document: Document
  let surroundings: Surroundings
  let offset: Int
  let text: Expression.Text
  /// The nodes around the text, the outermost first.
  private let nodes: ArraySlice<SyntaxNode>
  /// The characters between the quotes that are replaced.
  private let content: Span
  private let isClosed: Bool

  /// `nil` where no single text without interpolations stands.
  init?(_ document: Document, at offset: Int, _ surroundings: Surroundings) {
    self.document = document
    self.surroundings = surroundings
    self.offset = offset
    let tokens = document.parse.tokens
    let before = tokens.firstIndex(notBefore: offset)
    guard let start = tokens[..<before].lastIndex(where: { $0.kind == .textStart }) else {
      return nil
    }
    let end = tokens[(start + 1)...].firstIndex { $0.kind != .textPiece } ?? tokens.endIndex - 1
    guard tokens[end].kind == .textEnd, tokens[end].end >= offset else { return nil }
    isClosed = !tokens[end].span.isEmpty
    content = Span(tokens[start].end, isClosed ? tokens[end].start : offset)
    let path = SyntaxPath(to: tokens[start].start, in: document.parse.program).nodes
    switch path.last {
    case .expression(.text(let text))?: self.text = text
    case .path(let use)?: text = Expression.Text(pieces: [.literal(use.path)], span: use.pathSpan)
    default: return nil
    }
    nodes = path[...]
  }

  var completions: Completions {
    if case .path? = nodes.last {
      return paths(endings: [".thr"], onlyThose: true, in: surroundings.neighbours)
    }
    switch nodes.dropLast().last {
    case .argument?: return argumentCompletions
    case .expression(.index(let index))?: return fields(of: index)
    default: return .none(at: offset)
    }
  }

  private var written: String { document.text(Span(content.start, offset)) }

  // MARK: - Arguments

  private var argumentCompletions: Completions {
    guard let call = document.call(around: text.span.start), let callee = call.callee else {
      return .none(at: offset)
    }
    let forms = document.forms(of: callee)
    let parameters = call.possibleForms(in: document.vocabulary).compactMap { index in
      call.parameter(in: forms[index]).flatMap { forms[index].parameters[$0].declared }
    }
    if parameters.contains(where: { $0.kind == .path }) {
      return paths(
        endings: endings(for: callee), onlyThose: false, in: surroundings.entries)
    }
    if parameters.contains(where: { $0.kind == .column }) {
      let finder = ColumnFinder(document: document, surroundings: surroundings)
      return words(finder.columns(of: call) ?? [], .column)
    }
    var all: [Candidate] = []
    for parameter in parameters {
      all += candidates(parameter.words, .option, parameter.summary)
    }
    return Completions(all, matching: written, replacing: content)
  }

  private func words(_ words: [String], _ kind: Completions.Kind) -> Completions {
    Completions(candidates(words, kind, ""), matching: written, replacing: content)
  }

  private func candidates(
    _ words: [String], _ kind: Completions.Kind, _ summary: String
  ) -> [Candidate] {
    words.enumerated().map { index, word in
      var candidate = Candidate(word, kind, .wanted, insertion: inQuotes(word))
      candidate.order = index
      candidate.summary = summary
      if kind == .column { candidate.detail = "column" }
      return candidate
    }
  }

  /// The word as it is written in a text, with the closing quote if that is missing.
  private func inQuotes(_ word: String) -> String {
    word.quoted.dropFirst().dropLast() + (isClosed ? "" : "\"")
  }

  private func fields(of index: Expression.Index) -> Completions {
    let types = (document.facts.type(at: index.target.span) ?? .unknown).alternatives
    let names = types.flatMap { type -> [String] in
      if case .record(let fields) = type { fields.map(\.name) } else { [] }
    }
    return words(names, .member)
  }

  // MARK: - Paths

  /// What files a function reads or writes, for the order of the entries.
  private func endings(for callee: Callee) -> [String] {
    guard case .builtin(let name) = callee, let signature = document.vocabulary.signature(name)
    else { return [] }
    return signature.fileEndings
  }

  /// The entries of the folder that is written so far: folders and matching files first.
  private func paths(
    endings: [String], onlyThose: Bool, in entries: (String) -> [Surroundings.Entry]?
  ) -> Completions {
    let slash = written.lastIndex(of: "/")
    let folder = slash.map { String(written[...$0]) } ?? ""
    let begun = slash.map { String(written[written.index(after: $0)...]) } ?? written
    let span = Span(content.start + folder.utf8.count, content.end)
    guard let entries = entries(folder) else { return .none(at: offset) }
    let candidates = entries.compactMap { entry -> Candidate? in
      // Hidden files are for those who ask for them.
      if entry.name.hasPrefix("."), !begun.hasPrefix(".") { return nil }
      let fits = endings.contains { entry.name.hasSuffix($0) }
      if onlyThose, !entry.isFolder, !fits { return nil }
      return candidate(for: entry, fits: fits)
    }
    return Completions(candidates, matching: begun, replacing: span)
  }

  private func candidate(for entry: Surroundings.Entry, fits: Bool) -> Candidate {
    let isWanted = entry.isFolder || fits
    var candidate = Candidate(
      entry.isFolder ? entry.name + "/" : entry.name, .path, isWanted ? .wanted : .possible,
      insertion: entry.isFolder ? entry.name.quotedContent + "/" : inQuotes(entry.name))
    candidate.order = entry.isFolder ? 0 : 1
    candidate.detail = entry.isFolder ? "folder" : "file"
    return candidate
  }
}

extension String {
  /// The text as it is written between quotes.
  fileprivate var quotedContent: String { String(quoted.dropFirst().dropLast()) }
}

extension Signature {
  /// The endings of the files that the example names, which are those that the function is for.
  fileprivate var fileEndings: [String] {
    let names = self.example.split { "\"(), \n".contains($0) }
    return names.compactMap { name in
      guard let point = name.lastIndex(of: "."), point != name.startIndex else { return nil }
      let ending = name[point...]
      return ending.count > 1 && ending.dropFirst().allSatisfy(\.isLetter) ? String(ending) : nil
    }
  }
}
