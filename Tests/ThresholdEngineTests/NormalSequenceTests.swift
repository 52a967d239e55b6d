import CKernels
import Glibc
import ParallelWork
import Testing

@testable import ThresholdEngine

/// NumPy's normals many at a time: the same as one by one.
@Suite struct NormalSequenceTests {
  /// - Parameter before: Words that are drawn first, so that pairs lie across the generator's blocks.
  @Test(arguments: [0, 1, 2, 3, 601, 624, 625]) func likeSingleDraws(before: Int) throws {
    for (count, hasSpare) in [(1, false), (2, true), (30_001, false), (30_000, true)] {
      var random = RandomState(seed: 12)
      for _ in 0..<before { _ = random.next32() }
      if hasSpare { _ = random.standardNormal() }
      var single = random
      for threads in [1, 3] {
        var random = random
        let table = RowTable(rows: count, columns: 1)
        try StopSignal.asking({ false }) { stop throws(Cancelled) in
          try table.drawNormals(columns: 0..<1, from: &random, threads: threads, stop) { _ in }
        }
        var copy = single
        let isSame = (0..<count).allSatisfy { table.row($0).pointee == copy.standardNormal() }
        #expect(isSame)
        for _ in 0..<5 { #expect(random.standardNormal() == copy.standardNormal()) }
        #expect((0..<700).map { _ in random.next32() } == (0..<700).map { _ in copy.next32() })
      }
      single = random
    }
  }

  @Test func rowsOfSomeColumns() throws {
    var random = RandomState(seed: 3)
    var single = random
    let table = RowTable(rows: 5_000, columns: 5)
    try StopSignal.asking({ false }) { stop throws(Cancelled) in
      try table.drawNormals(columns: 1..<4, from: &random, threads: 2, stop) { _ in }
    }
    for row in 0..<5_000 {
      for column in 1..<4 { #expect(table.row(row)[column] == single.standardNormal()) }
    }
  }

  /// The vectors' logarithms have the library's bits, also near 0 and 1, and at powers of two.
  @Test func logarithmsOfTheLibrary() {
    var stream = DrawStream(seed: 5, number: 0)
    let points = UnsafeMutablePointer<thr_polar_points>.allocate(capacity: 1)
    defer { points.deallocate() }
    points.initialize(to: thr_polar_points())
    var normals = [Double](repeating: 0, count: 2 * THR_POLAR_ROOM)
    for turn in 0..<40 {
      var squares: [Double] = (0..<2_560).map { index in
        let unit = stream.openUnit()
        return switch index % 4 {
        case 0: unit
        case 1: min(1 - unit * exp2(-Double(stream.next() % 52)), 1 - 0x1p-53)
        case 2: unit * exp2(-Double(stream.next() % 100))
        default: exp2(-Double(1 + stream.next() % 100))
        }
      }
      if turn == 0 { squares.replaceSubrange(0..<3, with: [0x1p-104, 1 - 0x1p-53, 0.6875]) }
      points.pointee.count = squares.count
      withUnsafeMutableBytes(of: &points.pointee.squares) { $0.copyBytes(from: squares.bytes) }
      withUnsafeMutableBytes(of: &points.pointee.x) {
        $0.copyBytes(from: squares.map { _ in 0.7 }.bytes)
      }
      thr_polar_normals(points, &normals)
      let different = squares.indices.filter {
        normals[2 * $0 + 1] != 0.7 * (-2 * log(squares[$0]) / squares[$0]).squareRoot()
      }
      #expect(different == [])
    }
  }
}

extension [Double] {
  fileprivate var bytes: [UInt8] { withUnsafeBytes { Array<UInt8>($0) } }
}
