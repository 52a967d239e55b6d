import ThrModel

/// Rows as far as they follow from the text of a program: which call made them, and which part they
/// are.
indirect enum SymbolicRows: Hashable, Sendable {
  /// All rows of a source; equal numbers are equal rows.
  case source(ValueNumber)
  /// The rows set aside for a role by the call that split `whole`.
  case part(of: SymbolicRows, by: ValueNumber, role: Role)

  /// Parts of parts of …: beyond this many levels rows are no longer followed.
  static let maximumDepth = 8

  var role: Role {
    switch self {
    case .source: .whole
    case .part(_, _, let role): role
    }
  }

  var depth: Int {
    switch self {
    case .source: 0
    case .part(let whole, _, _): whole.depth + 1
    }
  }

  /// Whether some rows certainly belong to both: the same rows, or rows and a part of them.
  func overlaps(_ other: SymbolicRows) -> Bool { isWithin(other) || other.isWithin(self) }

  private func isWithin(_ whole: SymbolicRows) -> Bool {
    if self == whole { return true }
    guard case .part(let larger, _, _) = self else { return false }
    return larger.isWithin(whole)
  }
}

/// Something that was certainly done with rows.
struct SymbolicUse: Hashable, Sendable {
  let use: RowsUse
  let rows: SymbolicRows
}
