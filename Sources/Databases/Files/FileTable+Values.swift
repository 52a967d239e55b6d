public import TableIO

extension FileTable {
  /// Beyond so many groups columns are hardly ones of groups.
  private static let mostGroups = 10_000

  /// The first rows, with all columns.
  public func head(_ count: Int, isCancelled: () -> Bool) throws(DatabaseError) -> Table {
    var parts: [Table] = []
    var rows = 0
    _ = try forEachBatch(of: nil, isCancelled: isCancelled) { batch throws(DatabaseError) in
      let taken = min(count - rows, batch.rows)
      do throws(TableError) { parts.append(try batch.subset(rows: Array(0..<taken))) } catch {
        throw .table(error)
      }
      rows += taken
      return rows < count
    }
    do throws(TableError) { return try Table(joining: parts, named: columnNames) } catch {
      throw .table(error)
    }
  }

  /// The values that some columns have together: numbers ascending, then texts in the order of the
  /// alphabet, missing ones last.
  ///
  /// - Throws: `tooManyGroups`.
  /// - Complexity: O(bytes), in one pass.
  public func values(
    of columns: [String], isCancelled: () -> Bool
  ) throws(DatabaseError) -> [[Cell]] {
    var found = Set<[Cell]>()
    _ = try forEachBatch(of: Set(columns), isCancelled: isCancelled) {
      batch throws(DatabaseError) in
      var named: [Column] = []
      for name in columns {
        do throws(TableError) { named.append(try batch.column(name)) } catch {
          throw .table(error)
        }
      }
      for row in 0..<batch.rows { found.insert(named.map { $0[row].unsigned }) }
      guard found.count <= Self.mostGroups else { throw .tooManyGroups(limit: Self.mostGroups) }
      return true
    }
    return found.sorted { one, other in
      for (left, right) in zip(one, other) where left != right { return left.comes(before: right) }
      return false
    }
  }
}

extension Cell {
  /// With 0 for -0.
  fileprivate var unsigned: Cell {
    if case .number(let number) = self { .number(number + 0) } else { self }
  }

  fileprivate func comes(before other: Cell) -> Bool {
    switch (self, other) {
    case (.number(let one), .number(let other)): one < other
    case (.text(let one), .text(let other)): one < other
    case (.number, _), (.text, .missing): true
    default: false
    }
  }
}
