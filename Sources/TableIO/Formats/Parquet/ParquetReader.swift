import Glibc
import ParallelWork
import Synchronization

/// Reads a table from a Parquet file: the list of what it holds at its end, and then the wanted
/// columns alone, each of each row group by whichever processor is free.
struct ParquetReader {
  static let mark = Array("PAR1".utf8)

  private let source: BinarySource
  private let metadata: ParquetMetadata
  private let fields: [ParquetField]
  private let names: [String]
  private let notes: [ReadingNote]

  init(_ stream: any ByteStream) throws(TableError) {
    let source = try BinarySource(stream, kind: "Parquet file")
    guard source.size > 0 else { throw TableError(.empty) }
    let metadata = try Self.metadata(of: source)
    guard let fields = ParquetField.all(of: metadata.elements) else {
      throw source.damaged("its schema is no tree")
    }
    (names, notes) = BinaryTable.unique(fields.map(\.name))
    (self.source, self.metadata, self.fields) = (source, metadata, fields)
    try checkRows()
  }

  var columnNames: [String] { zip(names, fields).filter { $1.column != nil }.map(\.0) }

  private static func metadata(of source: BinarySource) throws(TableError) -> ParquetMetadata {
    let tail = try source.read(at: source.size - 8, count: 8, for: "the mark at its end")
    defer { withExtendedLifetime(tail) {} }
    var reader = ByteReader(tail.bytes)
    let length = reader.take(UInt32.self) ?? 0
    if reader.rest.elementsEqual("PARE".utf8) { throw encrypted }
    guard reader.rest.elementsEqual(mark) else {
      throw source.damaged("the mark at its end is missing, as where a file is cut short")
    }
    let start = source.size - 8 - Int(length)
    let footer = try source.read(at: start, count: Int(length), for: "the list at its end")
    // What is read of it takes more room than its bytes, of which an element may have one.
    try requireMemory(Int(length) * 160, for: "the list at its end")
    defer { withExtendedLifetime(footer) {} }
    do throws(ThriftReader.Fault) { return try ParquetMetadata(footer.bytes) } catch {
      throw source.damaged("byte \(start + error.offset): the list at its end is broken")
    }
  }

  private static var encrypted: TableError {
    TableError(.unsupported(reason: "the file is encrypted", remedy: "write it without encryption"))
  }

  private func checkRows() throws(TableError) {
    if metadata.isEncrypted { throw Self.encrypted }
    var rows = 0
    for (number, group) in metadata.groups.enumerated() {
      let (sum, isTooMuch) = rows.addingReportingOverflow(group.rows)
      guard group.rows >= 0, !isTooMuch else {
        throw source.damaged("row group \(number) has \(group.rows) rows")
      }
      rows = sum
    }
    guard rows == metadata.rows else {
      throw source.damaged("its row groups have \(rows) rows, and the file \(metadata.rows)")
    }
  }
}

// MARK: - Columns

extension ParquetReader {
  /// How many columns are read together.
  private static let block = 32

  func read(
    options: ReadingOptions, isCancelled: () -> Bool
  ) throws(TableError) -> (table: Table, report: ReadingReport) {
    let (places, leftOut) = try wanted(options)
    let (columns, found) = try columns(
      places, ParquetGroups(metadata, metadata.groups.indices), isCancelled)
    return try BinaryTable.make(
      columns, names: columnNames, rows: metadata.rows, notes: notes + leftOut + found, of: source)
  }

  /// Hands over the rows of each row group, of small ones of some together; see `TableCoding`.
  func readBatches(
    options: ReadingOptions, isCancelled: () -> Bool, _ body: (Table) throws(TableError) -> Bool
  ) throws(TableError) -> ReadingReport {
    let (places, leftOut) = try wanted(options)
    var batches = BinaryBatches(source, names: columnNames, notes: notes + leftOut)
    for groups in ParquetGroups.batches(of: metadata) where groups.rows > 0 {
      let (columns, _) = try columns(places, groups, isCancelled)
      guard try batches.handOver(columns, rows: groups.rows, body) else { break }
    }
    return batches.report
  }

  private func wanted(
    _ options: ReadingOptions
  ) throws(TableError) -> (places: [Int], notes: [ReadingNote]) {
    let (wanted, leftOut) = try BinaryTable.wanted(
      zip(names, fields).map {
        ($0, $1.column == nil ? $1.refusal ?? "values of an unknown type" : nil)
      },
      options)
    return (fields.indices.filter { wanted[$0] }, leftOut)
  }

  /// The columns of some row groups.
  private func columns(
    _ places: [Int], _ groups: ParquetGroups, _ isCancelled: () -> Bool
  ) throws(TableError) -> (columns: [Column], notes: [ReadingNote]) {
    let needed = groups.rows.multipliedReportingOverflow(by: 8 * max(places.count, 1))
    try requireMemory(needed.overflow ? .max : needed.partialValue, for: "the table")
    var (columns, notes): ([Column], [ReadingNote]) = ([], [])
    for start in stride(from: 0, to: places.count, by: Self.block) {
      let block = places[start..<min(start + Self.block, places.count)].compactMap { place in
        fields[place].column.map { ParquetTarget(name: names[place], column: $0) }
      }
      try read(block, groups, isCancelled: isCancelled)
      columns += block.map { $0.finished() }
      notes += block.flatMap(\.notes)
    }
    return (columns, notes)
  }

  /// Reads columns, and those once more as texts that have integers which no Double holds.
  private func read(
    _ targets: [ParquetTarget], _ groups: ParquetGroups, isCancelled: () -> Bool
  ) throws(TableError) {
    try fill(targets[...], groups, isCancelled: isCancelled, with: targets)
    let inexact = targets.filter { !$0.holdsTexts && $0.firstInexact != nil }
    guard !inexact.isEmpty else { return }
    for target in inexact { target.becomeTexts() }
    try run(inexact, groups, isCancelled: isCancelled)
  }

  /// Makes room for the numbers of each column, which the columns after it do as well before any of
  /// them is read: so no number is written twice.
  private func fill(
    _ rest: ArraySlice<ParquetTarget>, _ groups: ParquetGroups, isCancelled: () -> Bool,
    with all: [ParquetTarget]
  ) throws(TableError) {
    guard let target = rest.first else { return try run(all, groups, isCancelled: isCancelled) }
    if target.holdsTexts {
      return try fill(rest.dropFirst(), groups, isCancelled: isCancelled, with: all)
    }
    let rows = groups.rows
    var failure: TableError?
    target.numbers = [Double](unsafeUninitializedCapacity: rows) { buffer, count in
      target.room = buffer.baseAddress
      do throws(TableError) {
        try fill(rest.dropFirst(), groups, isCancelled: isCancelled, with: all)
        count = rows
      } catch {
        failure = error
      }
      target.room = nil
    }
    if let failure { throw failure }
  }

  /// Reads each column of each row group.
  private func run(
    _ targets: [ParquetTarget], _ groups: ParquetGroups, isCancelled: () -> Bool
  ) throws(TableError) {
    var jobs: [ParquetJob] = []
    var row = 0
    for number in groups.numbers {
      let group = metadata.groups[number]
      for target in targets {
        jobs.append(try job(target, number, group, firstRow: row))
      }
      row += group.rows
    }
    let bytes = jobs.reduce(0) { $0 &+ $1.chunk.chunk.size }
    let threads = bytes < 1 << 20 ? 1 : Workers.available
    let crew = ParquetCrew(jobs)
    withoutActuallyEscaping(isCancelled) { isCancelled in
      crew.run(threads: threads, isCancelled: isCancelled)
    }
    if let failure = crew.failure { throw failure }
    for job in jobs { job.target.take(job.sink, firstRow: job.firstRow) }
  }

  private func job(
    _ target: ParquetTarget, _ number: Int, _ group: ParquetMetadata.Group, firstRow: Int
  ) throws(TableError) -> ParquetJob {
    let place = "row group \(number), column `\(printable(target.name))`"
    guard group.chunks.indices.contains(target.column.leaf) else {
      throw source.damaged("\(place): it is missing")
    }
    let chunk = group.chunks[target.column.leaf]
    if chunk.isEncrypted { throw Self.encrypted }
    if chunk.isElsewhere {
      throw TableError(
        .unsupported(
          reason: "\(place): its values are in another file", remedy: "read that file"))
    }
    guard chunk.hasMetadata, chunk.physical == target.column.physical.rawValue else {
      throw source.damaged("\(place): its type is not that of the schema")
    }
    let sink = ParquetSink(target.column, numbers: target.room.map { $0 + firstRow })
    return ParquetJob(
      target: target, firstRow: firstRow, sink: sink,
      chunk: ParquetChunk(
        column: target.column, chunk: chunk, rows: group.rows, group: number, source: source))
  }
}

/// A column that is being read.
final class ParquetTarget {
  let name: String
  let column: ParquetColumn
  private(set) var holdsTexts: Bool
  var numbers: [Double] = []
  /// Where the numbers go while they are read.
  var room: UnsafeMutablePointer<Double>?
  private var texts = ColumnBuilder(holdsTexts: true)
  private var rows = 0
  private var missingCount = 0
  private var notANumber: (count: Int, firstRow: Int)?
  private(set) var firstInexact: LocatedText?

  init(name: String, column: ParquetColumn) {
    (self.name, self.column, holdsTexts) = (name, column, column.holdsTexts)
  }

  func becomeTexts() {
    (numbers, holdsTexts, missingCount, rows) = ([], true, 0, 0)
  }

  /// Takes what a row group holds; groups come in order.
  func take(_ sink: ParquetSink, firstRow: Int) {
    rows += sink.rows
    missingCount += sink.missingCount
    if let part = sink.texts { texts.append(part) }
    if let (count, row) = sink.notANumber {
      notANumber = ((notANumber?.count ?? 0) + count, notANumber?.firstRow ?? firstRow + row)
    }
    if firstInexact == nil, let (digits, row) = sink.firstInexact {
      firstInexact = LocatedText(text: digits, line: firstRow + row + 1)
    }
  }

  func finished() -> Column {
    // Levels of a dictionary that no row has are left out.
    let values: ColumnValues =
      holdsTexts
      ? texts.values(compacting: true)
      : .numbers(NumberValues(trusted: numbers, missingCount: missingCount))
    return Column(name: name, values: values, firstText: firstInexact)
  }

  var notes: [ReadingNote] {
    var notes: [ReadingNote] = []
    if let (count, row) = notANumber {
      notes.append(.notANumber(column: name, count: count, firstLine: row + 1))
    }
    if let firstInexact { notes.append(.inexact(column: name, first: firstInexact)) }
    if rows > 0, missingCount == rows { notes.append(.noValues(column: name)) }
    return notes
  }
}

/// A column of a row group, to be read by any thread.
struct ParquetJob {
  let target: ParquetTarget
  let firstRow: Int
  let sink: ParquetSink
  let chunk: ParquetChunk
}

/// The threads that read, each job by one of them: that makes it safe to share the jobs.
private final class ParquetCrew: @unchecked Sendable {
  private let jobs: [ParquetJob]
  private let isStopped = Atomic<Bool>(false)
  private let first = Mutex<(job: Int, error: TableError)?>(nil)

  init(_ jobs: [ParquetJob]) { self.jobs = jobs }

  /// The failure of the first job that has one.
  var failure: TableError? { first.withLock { $0?.error } }

  func run(threads: Int, isCancelled: @escaping () -> Bool) {
    let caller = Caller(isCancelled: isCancelled)
    Workers.run(pieces: jobs.count, threads: threads) { worker, next in
      while !self.isStopped.load(ordering: .relaxed), let job = next() {
        if worker == 0, caller.isCancelled() {
          self.stop(job: -1, TableError(.cancelled))
          return
        }
        do throws(TableError) { try self.jobs[job].chunk.read(into: self.jobs[job].sink) } catch {
          self.stop(job: job, error)
        }
      }
    }
  }

  private func stop(job: Int, _ error: TableError) {
    first.withLock { if job < $0?.job ?? .max { $0 = (job, error) } }
    isStopped.store(true, ordering: .relaxed)
  }

  /// Asked by the caller's thread only.
  private struct Caller: @unchecked Sendable {
    let isCancelled: () -> Bool
  }
}
