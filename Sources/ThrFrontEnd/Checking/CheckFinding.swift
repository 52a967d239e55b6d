public import JSONText
import ThrAnalysis
public import ThrSyntax

/// A diagnostic with the file in which it lies.
public struct CheckFinding: Sendable {
  public let diagnostic: Diagnostic
  public let file: String
  public let source: Source

  /// A place in the file, lines and columns from 1, the end after the last character.
  public struct Region: Hashable, Sendable {
    public let start: Position
    public let end: Position
  }

  /// The place in characters, as people count.
  public var region: Region {
    Region(
      start: source.lines.position(at: diagnostic.span.start),
      end: source.lines.position(at: diagnostic.span.end))
  }
}

extension CheckedScript {
  /// Findings in the files that the script uses and in itself.
  public var findings: [CheckFinding] {
    all.flatMap { file in
      file.diagnostics.map {
        CheckFinding(diagnostic: $0, file: file.path, source: file.parse.source)
      }
    }
  }
}

// MARK: - JSON

extension [CheckFinding] {
  /// One object a diagnostic.
  public var json: JSON { .array(map(\.json)) }
}

extension CheckFinding {
  /// The diagnostic as one object.
  public var json: JSON {
    var object: JSON.Object = [
      "file": .string(file), "severity": .string(diagnostic.severity.rawValue),
      "code": .string(diagnostic.kind.code), "name": .string(diagnostic.kind.name),
      "line": .number(Double(region.start.line)), "column": .number(Double(region.start.column)),
      "endLine": .number(Double(region.end.line)),
      "endColumn": .number(Double(region.end.column)),
      "message": .string(diagnostic.message),
    ]
    if let remedy = diagnostic.remedy { object["help"] = .string(remedy) }
    if !diagnostic.notes.isEmpty { object["notes"] = .array(diagnostic.notes.map(json)) }
    if !diagnostic.fixes.isEmpty { object["fixes"] = .array(diagnostic.fixes.map(json)) }
    return .object(object)
  }

  private func json(_ note: Diagnostic.Note) -> JSON {
    guard note.file == nil || note.file == file else {
      return ["message": .string(note.message), "file": .string(note.file ?? file)]
    }
    let start = source.lines.position(at: note.span.start)
    return [
      "message": .string(note.message), "line": .number(Double(start.line)),
      "column": .number(Double(start.column)),
    ]
  }

  private func json(_ fix: Diagnostic.Fix) -> JSON {
    let start = source.lines.position(at: fix.span.start)
    let end = source.lines.position(at: fix.span.end)
    return [
      "title": .string(fix.title), "line": .number(Double(start.line)),
      "column": .number(Double(start.column)), "endLine": .number(Double(end.line)),
      "endColumn": .number(Double(end.column)), "replacement": .string(fix.replacement),
    ]
  }
}

// MARK: - GitHub

extension CheckFinding {
  /// A workflow command that GitHub shows beside the line.
  public var annotation: String {
    let kind = diagnostic.kind
    var properties = [
      ("file", file), ("line", "\(region.start.line)"), ("col", "\(region.start.column)"),
    ]
    // GitHub takes an end column on the same line only.
    if region.end.line == region.start.line, region.end.column > region.start.column {
      properties += [("endLine", "\(region.end.line)"), ("endColumn", "\(region.end.column - 1)")]
    }
    properties.append(("title", "\(kind.code) \(kind.name)"))
    let listed = properties.map { "\($0.0)=\(Self.escaped($0.1, more: [":", ","]))" }
      .joined(separator: ",")
    let text = diagnostic.message + (diagnostic.remedy.map { "\n\($0)" } ?? "")
    return "::\(diagnostic.severity.rawValue) \(listed)::\(Self.escaped(text, more: []))"
  }

  /// The characters that end a command, or a property of it, as their numbers.
  private static func escaped(_ text: String, more: Set<Unicode.Scalar>) -> String {
    text.unicodeScalars.map { scalar in
      guard ["%", "\r", "\n"].contains(scalar) || more.contains(scalar) else {
        return String(scalar)
      }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }
}
