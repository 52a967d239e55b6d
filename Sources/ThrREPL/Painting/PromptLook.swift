import TerminalOutput

/// How the prompt looks: from what the editor and the analysis know to a frame.
struct PromptLook: Sendable {
  static let standardLabel = "thr> "
  private static let menuRows = 8
  private static let labelWidth = 32

  private let isColoured: Bool
  private let label: String

  init(isColoured: Bool, label: String = standardLabel) {
    self.isColoured = isColoured
    self.label = label
  }

  /// What stands before the lines after the first, as wide as the prompt.
  static func continuationLabel(like label: String) -> String {
    let text = label.count >= 4 ? "... " : "  "
    return String(repeating: " ", count: max(label.count - text.count, 0)) + text
  }

  // MARK: - Frames

  func frame(of editor: LineEditor, advice: Advice, width: Int, height: Int) -> ScreenFrame {
    var frame = frame(showing: editor.buffer, advice)
    frame.runs = advice.runs.marking(advice.faults, .underlined)
      .marking(advice.brackets, [.strong, .underlined])
    // Without colour a suggestion would look like what is typed.
    if isColoured { frame.ghost = editor.ghost }
    if let signature = advice.signature { frame.extras.append(row(signature, width)) }
    if let menu = editor.menu {
      frame.extras += rows(menu, limit: min(Self.menuRows, max(height - 3, 1)))
    } else if let notice = editor.notice {
      frame.extras.append(ScreenRow("  \(notice)", .faint))
    } else if let remark = advice.remark {
      frame.extras.append(row(remark, advice.fix))
    }
    return frame
  }

  func frame(of search: HistorySearch, showing buffer: EditBuffer, advice: Advice) -> ScreenFrame {
    var frame = frame(showing: buffer, advice)
    frame.runs = frame.runs.marking(search.found, .reversed)
    if let first = search.found.first { frame.buffer.move(to: first.upperBound) }
    var row = ScreenRow("history: ", TextStyle(.note))
    row.append(search.query, .strong)
    row.append("▏", .faint)
    let hint =
      search.hasFailed ? "  no more matches" : "  Ctrl-R older, Ctrl-S newer, Tab edits, Enter runs"
    row.append(hint, search.hasFailed ? TextStyle(.failure) : .faint)
    frame.extras = [row]
    return frame
  }

  func frame(showing buffer: EditBuffer, _ advice: Advice) -> ScreenFrame {
    var frame = ScreenFrame(
      prompt: ScreenRow(label, TextStyle(.prompt, .strong)),
      continuation: ScreenRow(Self.continuationLabel(like: label), .faint), buffer: buffer)
    frame.runs = advice.runs
    return frame
  }

  // MARK: - Rows below the input

  private func row(_ signature: Advice.SignatureLine, _ width: Int) -> ScreenRow {
    var row = ScreenRow("  ")
    // Without colour the current parameter is marked by a character on either side.
    let window = SignatureWindow(signature, width: width - (isColoured ? 3 : 5))
    let text = window.text
    if let active = window.active {
      let start = text.utf8.index(text.startIndex, offsetBy: active.lowerBound)
      let end = text.utf8.index(text.startIndex, offsetBy: active.upperBound)
      row.append(text[..<start], .faint)
      row.append(
        isColoured ? String(text[start..<end]) : "«\(text[start..<end])»",
        TextStyle(.function, [.strong, .underlined]))
      row.append(text[end...], .faint)
    } else {
      row.append(text, .faint)
    }
    if !signature.meaning.isEmpty { row.append("  \(signature.meaning)") }
    return row
  }

  private func row(_ remark: Advice.Remark, _ fix: Advice.Fix?) -> ScreenRow {
    let ink: TextStyle.Ink = remark.isError ? .failure : .warning
    var row = ScreenRow("  \(remark.isError ? "error" : "warning"): ", TextStyle(ink, .strong))
    row.append(remark.message)
    if let fix {
      row.append("; Alt-Enter: ", .faint)
      row.append(fix.title, TextStyle(.text))
    } else if let remedy = remark.remedy {
      row.append("; \(remedy)", .faint)
    }
    return row
  }

  private func rows(_ menu: CompletionMenu, limit: Int) -> [ScreenRow] {
    let items = menu.list.items
    let selection = menu.selection ?? 0
    let first = max(0, min(selection - limit / 2, items.count - limit))
    let visible = items[first..<min(first + limit, items.count)]
    let widest = min(visible.map { ScreenRow($0.label).columns }.max() ?? 0, Self.labelWidth)
    var rows = visible.enumerated().map { place, item in
      row(item, isSelected: menu.selection == first + place, widest)
    }
    if items.count > visible.count {
      let place = menu.selection.map { "\($0 + 1) of " } ?? ""
      rows[rows.count - 1].append("  (\(place)\(items.count))", .faint)
    }
    return rows
  }

  private func row(_ item: CompletionList.Item, isSelected: Bool, _ widest: Int) -> ScreenRow {
    let mark = isSelected && !isColoured ? "> " : "  "
    let style = isSelected ? TextStyle(.plain, .reversed) : TextStyle(.function)
    var row = ScreenRow(mark)
    var label = ScreenRow(item.label, style).cut(to: widest)
    label.append(
      String(repeating: " ", count: max(widest - label.columns, 0)), isSelected ? style : .plain)
    row += label
    if !item.detail.isEmpty { row.append("  \(item.detail)") }
    if !item.summary.isEmpty { row.append("  \(item.summary)", .faint) }
    return row
  }
}

extension [ScreenFrame.Run] {
  /// The runs with more marks where the ranges are, which may lie anywhere.
  ///
  /// - Complexity: O(*n* + *m* log *m*): a pasted text may have thousands of both.
  func marking(_ ranges: [Range<Int>], _ marks: TextStyle.Marks) -> [ScreenFrame.Run] {
    guard !ranges.isEmpty else { return self }
    var result: [ScreenFrame.Run] = []
    result.reserveCapacity(count + 2 * ranges.count)
    var runs = self[...]
    var open = ranges.merged[...]
    var place = 0
    while true {
      while let run = runs.first, run.range.upperBound <= place { runs.removeFirst() }
      while let range = open.first, range.upperBound <= place { open.removeFirst() }
      let run = runs.first.map(\.range)
      guard let end = [run, open.first].compactMap({ $0?.edge(after: place) }).min() else {
        return result
      }
      let isMarked = open.first?.contains(place) ?? false
      let style = run?.contains(place) ?? false ? runs.first?.style : nil
      if isMarked || style != nil {
        let plain = style ?? .plain
        result.append(
          ScreenFrame.Run(range: place..<end, style: isMarked ? plain.adding(marks) : plain))
      }
      place = end
    }
  }
}

extension [Range<Int>] {
  /// The same places in order, none overlapping another.
  fileprivate var merged: [Range<Int>] {
    var merged: [Range<Int>] = []
    for range in sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        let end = Swift.max(last.upperBound, range.upperBound)
        merged[merged.count - 1] = last.lowerBound..<end
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}

extension Range<Int> {
  /// Where the range next begins or ends after a place before its end.
  fileprivate func edge(after place: Int) -> Int { lowerBound > place ? lowerBound : upperBound }
}
