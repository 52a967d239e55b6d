import CKernels

/// Where scores are cut into sections: 0, and some scores of a sample that divide it evenly.
struct SectionBounds: Sendable {
  /// How many sections there are: a power of two, of which the last may be empty.
  let sections: Int
  /// The last section of scores of at least 0; `nil` where there is none.
  let lastAtLeastZero: Int?
  private let levels: Int
  /// The bounds in the order in which a search meets them, from index 1 on.
  private let tree: [Double]

  /// Fewer rows a section are not worth one.
  private static let leastRows = 4_096
  private static let sampled = 8_192

  init(_ values: [Double]) {
    let cuts = Self.cuts(values)
    levels = max(1, Int.bitWidth - cuts.count.leadingZeroBitCount)
    sections = 1 << levels
    lastAtLeastZero = cuts.lastIndex { $0 >= 0 }
    // No score is below the bounds that fill the tree up.
    let bounds = cuts + Array(repeating: -.infinity, count: sections - 1 - cuts.count)
    var tree = [Double](repeating: 0, count: sections)
    var next = 0
    Self.place(bounds, at: 1, in: &tree, &next)
    self.tree = tree
  }

  /// 0 and the scores that divide a sample evenly, each once, falling.
  private static func cuts(_ values: [Double]) -> [Double] {
    let parts = min(Int(THR_MOST_SECTIONS) - 1, values.count / leastRows)
    guard parts > 8 else { return [0] }
    let sample = (0..<sampled).map { values[$0 * (values.count / sampled)] }.sorted()
    let cuts = (1..<parts).map { sample[$0 * sampled / parts] + 0 }  // -0 is 0
    return Set(cuts + [0]).sorted(by: >)
  }

  /// Places sorted bounds in a tree whose nodes are visited left, self, right.
  private static func place(
    _ bounds: [Double], at node: Int, in tree: inout [Double], _ next: inout Int
  ) {
    guard node < tree.count else { return }
    place(bounds, at: 2 * node, in: &tree, &next)
    tree[node] = bounds[next]
    next += 1
    place(bounds, at: 2 * node + 1, in: &tree, &next)
  }

  /// The section of each of some rows, written to `places`, and how many each section has.
  func classify(
    _ values: [Double], _ rows: Range<Int>, into places: UnsafeMutablePointer<UInt8>
  ) -> [Int] {
    var counts = [UInt64](repeating: 0, count: sections)
    values.withUnsafeBufferPointer { values in
      thr_sections(
        values.baseAddress.map { $0 + rows.lowerBound }, rows.count, tree, UInt32(levels), places,
        &counts)
    }
    return counts.map { Int($0) }
  }
}
