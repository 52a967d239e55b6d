import Glibc
import TableIO
import Testing

/// What others may do to files while they are read or written, and what their names may be.
@Suite struct FileHazardTests {
  private let files = LocalFileSystem()

  private func cause(_ body: () throws -> Void) -> FileError.Cause? {
    #expect(throws: FileError.self, performing: body)?.cause
  }

  // 0xE9 is é in Latin-1; F4 8F BE 80 is the character that stands for the byte 0x80.
  @Test(arguments: [[0x61, 0xE9], [0xFF, 0xC3, 0x28], [0xF4, 0x8F, 0xBE, 0x80], [0xC3, 0xA9]])
  func opensFilesByTheBytesOfTheirNames(name: [UInt8]) throws {
    #expect(PathText.bytes(of: PathText.text(of: name)) == name)
    try inDirectory { directory in
      let path = PathText.text(of: Array("\(directory)/".utf8) + name)
      try files.writeFileAtomically(path, bytes("x"))
      #expect(try files.readFile(path) == bytes("x"))
      #expect(try files.list(directory) == [PathText.text(of: name)])
      #expect(files.kind(of: path) == .file)
      #expect(files.canonicalPath(of: path)?.hasSuffix(PathText.text(of: name)) == true)
    }
  }

  @Test func showsBytesThatAreNoText() {
    let path = PathText.text(of: [0x61, 0xE9])
    #expect(PathText.shown(path) == "a\\xE9")
    #expect(
      FileError(path: path, action: .read, cause: .missing).message
        == "cannot read `a\\xE9`: there is no such file")
  }

  @Test func saysThatNoHomeFolderIsMeant() {
    let error = FileError(path: "~/x.csv", action: .write, cause: .missingDirectory("~"))
    #expect(error.remedy == "write the whole path: `~` is not replaced by the home folder")
  }

  @Test func reportsAFileThatIsCutWhileItIsRead() throws {
    try inDirectory { directory in
      let path = "\(directory)/a"
      try files.writeFileAtomically(path, bytes("one\ntwo\n"))
      let stream = try files.open(path)
      truncate(path, 4)
      #expect(cause { _ = try stream.readToEnd() } == .changed)
    }
  }

  @Test func removesWhatEndedProcessesLeft() throws {
    // No process has the largest number.
    let left = [".a.csv.4194304.1x.thr~", ".b.4194304.zz.thr~"]
    let others = [".a.csv.\(getpid()).1x.thr~", ".a.csv.4194304.1x~", "a.4194304.1x.thr~"]
    try inDirectory { directory in
      for name in left + others { close(open("\(directory)/\(name)", O_CREAT | O_WRONLY, 0o600)) }
      try files.writeFileAtomically("\(directory)/new", [])
      #expect(try files.list(directory) == (others + ["new"]).sorted())
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func followsNoLinkOfAnotherUserInASharedFolder() throws {
    try inDirectory { directory in
      try files.writeFileAtomically("\(directory)/target", bytes("old"))
      let link = "\(directory)/link"
      symlink("target", link)
      lchown(link, 65_534, 65_534)
      chmod(directory, 0o1777)
      #expect(cause { try files.writeFileAtomically(link, bytes("new")) } == .foreignLink(link))
      #expect(try files.readFile("\(directory)/target") == bytes("old"))
      chmod(directory, 0o755)
      try files.writeFileAtomically(link, bytes("new"))
      #expect(try files.readFile("\(directory)/target") == bytes("new"))
    }
  }

  @Test(.enabled(if: geteuid() == 0)) func keepsTheOwner() throws {
    try inDirectory { directory in
      let path = "\(directory)/a"
      try files.writeFileAtomically(path, bytes("old"))
      chown(path, 65_534, 65_533)
      try files.writeFileAtomically(path, bytes("new"))
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_uid == 65_534 && status.st_gid == 65_533)
    }
  }

  @Test func readsNoMoreThanALimit() throws {
    try inDirectory { directory in
      let path = "\(directory)/a"
      try files.writeFileAtomically(path, bytes("12345"))
      #expect(try files.readFile(path, atMost: 5) == bytes("12345"))
      #expect(cause { _ = try files.readFile(path, atMost: 4) } == .largerThan(4))
    }
    // Without an end, and without a size.
    #expect(cause { _ = try files.readFile("/dev/zero", atMost: 1 << 20) } == .largerThan(1 << 20))
  }
}
