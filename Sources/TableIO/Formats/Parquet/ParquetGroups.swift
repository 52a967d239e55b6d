/// Row groups of a file that follow each other and are read together.
struct ParquetGroups {
  let numbers: Range<Int>
  let rows: Int

  /// Small row groups are read together up to so many rows.
  private static let leastRows = 1 << 18

  init(_ metadata: ParquetMetadata, _ numbers: Range<Int>) {
    self.numbers = numbers
    rows = metadata.groups[numbers].reduce(0) { $0 + $1.rows }
  }

  /// All row groups of a file, in batches of one or of several small ones.
  static func batches(of metadata: ParquetMetadata) -> [ParquetGroups] {
    var batches: [ParquetGroups] = []
    var (start, rows) = (0, 0)
    for (number, group) in metadata.groups.enumerated() {
      if rows > 0, rows + group.rows > leastRows {
        batches.append(ParquetGroups(metadata, start..<number))
        (start, rows) = (number, 0)
      }
      rows += group.rows
    }
    return batches + [ParquetGroups(metadata, start..<metadata.groups.count)]
  }
}
