import CFiles
import Glibc
import TableIO
import Testing

@Suite struct LocalFileSystemTests {
  private let files = LocalFileSystem()

  private func cause(_ body: () throws -> Void) -> FileError.Cause? {
    #expect(throws: FileError.self, performing: body)?.cause
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func writesAndReads() throws {
    try inDirectory { directory in
      let path = "\(directory)/a.csv"
      #expect(!files.exists(path))
      try files.writeFileAtomically(path, bytes("one"))
      #expect(try files.readFile(path) == bytes("one"))
      try files.writeFileAtomically(path, [])
      #expect(try files.readFile(path) == [])
      let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try files.writeFileAtomically(path, large)
      #expect(try files.readFile(path) == large)
      #expect(try files.list(directory) == ["a.csv"])
      #expect(files.kind(of: path) == .file && files.kind(of: directory) == .directory)
    }
  }

  /// A shorter content and a longer one, under both names.
  @Test func keepsHardLinks() throws {
    try inDirectory { directory in
      let (one, other) = ("\(directory)/one", "\(directory)/other")
      try files.writeFileAtomically(one, bytes("first content"))
      try #require(link(one, other) == 0)
      for content in ["short", "a content that is longer than the first one", ""] {
        try files.writeFileAtomically(one, bytes(content))
        #expect(try files.readFile(other) == bytes(content))
        #expect(try files.list(directory).sorted() == ["one", "other"])
      }
    }
  }

  /// User 1 may read: version 2, then tag, permissions and id of each entry (`acl(5)`).
  @Test func keepsAccessLists() throws {
    try inDirectory { directory in
      let path = "\(directory)/a"
      try files.writeFileAtomically(path, bytes("x"))
      let entries: [(tag: UInt16, permissions: UInt16, id: UInt32)] = [
        (1, 6, .max), (2, 4, 1), (4, 4, .max), (16, 4, .max), (32, 0, .max),
      ]
      var list: [UInt8] = [2, 0, 0, 0]
      for entry in entries {
        for part in [UInt32(entry.tag) | UInt32(entry.permissions) << 16, entry.id] {
          withUnsafeBytes(of: part.littleEndian) { list += $0 }
        }
      }
      let file = open(path, O_RDWR)
      defer { close(file) }
      // Some file systems have no such lists.
      guard thr_set_access_list(file, list, list.count) == 0 else { return }
      try files.writeFileAtomically(path, bytes("y"))
      let new = open(path, O_RDONLY)
      defer { close(new) }
      var found = [UInt8](repeating: 0, count: 256)
      let size = thr_access_list(new, &found, found.count)
      #expect(Array(found.prefix(max(0, size))) == list)
    }
  }

  @Test func givesNewFilesTheUsualPermissionsAndKeepsThoseOfOld() throws {
    try inDirectory { directory in
      let plain = "\(directory)/plain"
      close(open("\(directory)/reference", O_CREAT | O_WRONLY, 0o666))
      try files.writeFileAtomically(plain, bytes("x"))
      #expect(mode(plain) == mode("\(directory)/reference"))
      chmod(plain, 0o640)
      try files.writeFileAtomically(plain, bytes("y"))
      #expect(mode(plain) == 0o640)
    }
  }

  @Test func leavesNothingWhenItFails() throws {
    try inDirectory { directory in
      let path = "\(directory)/a"
      try files.writeFileAtomically(path, bytes("old"))
      let stop = FileError(path: path, action: .write, cause: .cancelled)
      #expect(throws: stop) {
        try files.writeFileAtomically(path) { (emit: ByteEmitter) throws(FileError) in
          try emit(UnsafeRawBufferPointer(start: nil, count: 0))
          throw stop
        }
      }
      #expect(try files.readFile(path) == bytes("old"))
      #expect(try files.list(directory) == ["a"])
    }
  }

  @Test func followsLinks() throws {
    try inDirectory { directory in
      let link = "\(directory)/link"
      symlink("target", link)
      // The link leads nowhere yet; then to a file, which is replaced.
      for content in ["one", "two"] {
        try files.writeFileAtomically(link, bytes(content))
        #expect(try files.readFile("\(directory)/target") == bytes(content))
        #expect(try files.readFile(link) == bytes(content))
      }
      #expect(try files.list(directory) == ["link", "target"])
      var status = stat()
      #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
      symlink("loop", "\(directory)/loop")
      #expect(throws: FileError.self) { try files.writeFileAtomically("\(directory)/loop", []) }
    }
  }

  @Test func writesToDevicesDirectly() throws {
    try files.writeFileAtomically("/dev/null", bytes("x"))
    #expect(files.kind(of: "/dev/null") == .other)
  }

  @Test func namesTheCause() throws {
    try inDirectory { directory in
      #expect(cause { _ = try files.readFile("\(directory)/none") } == .missing)
      #expect(cause { _ = try files.readFile(directory) } == .isDirectory)
      #expect(cause { _ = try files.readFile("") } == .missing)
      #expect(cause { _ = try files.readFile("\(directory)/a\0b") } == .missing)
      #expect(cause { _ = try files.list("\(directory)/none") } == .missing)
      #expect(cause { try files.writeFileAtomically(directory, []) } == .isDirectory)
      #expect(cause { try files.writeFileAtomically("\(directory)/new/", []) } == .isDirectory)
      #expect(
        cause { try files.writeFileAtomically("\(directory)/no/a", []) }
          == .missingDirectory("\(directory)/no"))
      try files.writeFileAtomically("\(directory)/a", [])
      #expect(cause { _ = try files.readFile("\(directory)/a/b") } == .notADirectory)
      #expect(cause { try files.writeFileAtomically("\(directory)/a/b", []) } == .notADirectory)
    }
  }

  @Test func readsFromAPipe() throws {
    try inDirectory { directory in
      let path = "\(directory)/pipe"
      mkfifo(path, 0o600)
      // Open at both ends, so that neither waits for the other.
      let descriptor = open(path, O_RDWR)
      let text = "a,b\n1,2\n"
      #expect(Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
      let stream = try files.open(path)
      close(descriptor)
      #expect(try stream.rewind() == false)
      #expect(String(decoding: try stream.readToEnd(), as: UTF8.self) == text)
    }
  }

  @Test(arguments: [
    (
      FileError.Action.read, FileError.Cause.notPermitted,
      "cannot read `p`: permission denied; check the permissions of the file and of its directory"
    ),
    (
      .write, .noSpace,
      "cannot write `p`: no space left on the disk; free some space, or write to another disk"
    ),
    (
      .write, .missingDirectory("d"),
      "cannot write `p`: there is no directory `d`; create the directory `d` first"
    ),
    (.list, .system("Input/output error"), "cannot list `p`: Input/output error"),
  ])
  func says(action: FileError.Action, cause: FileError.Cause, expected: String) {
    #expect(FileError(path: "p", action: action, cause: cause).description == expected)
  }

  @Test func givesUpAPipeThatNobodyWritesTo() throws {
    try inDirectory { directory in
      let path = directory + "/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let files = LocalFileSystem(isCancelled: { true })
      #expect(cause { _ = try files.readFile(path) } == .cancelled)
    }
  }

  @Test func readsAPipeToItsEnd() throws {
    try inDirectory { directory in
      let path = directory + "/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let stream = try LocalFileSystem(isCancelled: { false }).open(path)
      // The reader is there: opening to write does not wait.
      let descriptor = open(path, O_WRONLY)
      let text = String(repeating: "some text\n", count: 1_000)
      #expect(Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
      close(descriptor)
      #expect(String(decoding: try stream.readToEnd(), as: UTF8.self) == text)
    }
  }

  @Test func memoryKnowsDirectories() throws {
    let memory = MemoryFileSystem(texts: ["a/b.csv": "x", "a/c/d.csv": "y"])
    #expect(try memory.list("a") == ["b.csv", "c"])
    #expect(memory.kind(of: "a/c") == .directory && memory.kind(of: "a/b.csv") == .file)
    #expect(memory.kind(of: "b") == nil)
    #expect(cause { try memory.writeFileAtomically("a", []) } == .isDirectory)
  }
}
