import Foundation
import Glibc
import TestSupport
import Testing

/// Machines that are short of something, and files that are not what they seem.
@Suite struct HazardTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs a line of the shell in the folder, with the command as `$thr`; what it printed, and its
  /// status as the last line.
  private func shell(_ line: String) throws -> String {
    let output = folder.url.appending(path: ".output").path
    let start = "export thr=\(Command.executable.path); cd \(folder.url.path); "
    let script = start + "(\(line)) >.output 2>&1"
    let words = ["sh", "-c", script]
    var arguments = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var child: pid_t = 0
    try #require(posix_spawn(&child, "/bin/sh", nil, nil, &arguments, environ) == 0)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return try String(contentsOfFile: output, encoding: .utf8) + "\((status >> 8) & 0xFF)"
  }

  @Test(arguments: [
    "s = synth(20000000, 0.9)", "xs = [x for x in range(60000000)]", "len(range(60000000) + [1])",
    "t = \"x\"; for i in range(30) { t = t + t }",
    "t = \"x\"; for i in range(30) { t = \"{t}{t}\" }",
  ])
  func refusesWhatTheMemoryIsTooSmallFor(code: String) throws {
    let output = try shell("ulimit -v 700000; $thr -e '\(code)'")
    #expect(output.contains("E0310") && output.hasSuffix("1"), "\(output)")
  }

  @Test func refusesATableThatDoesNotFit() throws {
    let output = try shell(
      "truncate -s 3G t.csv; ulimit -v 700000; $thr -e 'read(\"t.csv\")'")
    #expect(output.contains("do not fit into the available memory"), "\(output)")
  }

  @Test func refusesALineThatDoesNotFit() throws {
    let output = try shell(
      "yes a | tr -d '\\n' | head -c 140000000 > t.csv; "
        + "ulimit -v 700000; $thr -e 'read(\"t.csv\")'")
    #expect(
      output.contains("one line is so long") || output.contains("the available memory"), "\(output)"
    )
  }

  @Test func refusesAHugeScriptUnread() throws {
    let output = try shell("truncate -s 5G huge.thr; $thr check huge.thr")
    #expect(output.contains("a program is at most 256 MiB long") && output.hasSuffix("2"))
  }

  @Test func waitsForNoStrayPipe() throws {
    let output = try shell("mkfifo pipe.thr; $thr check pipe.thr")
    #expect(output.contains("cannot read `pipe.thr`: it is a pipe"), "\(output)")
  }

  @Test func opensFilesWhoseNamesAreNotUTF8() throws {
    let name = "\"$(printf 's\\351.thr')\""
    let output = try shell(
      "printf '1 + 1\\n' >\(name); $thr \(name) && $thr check . && $thr format --check .")
    #expect(output == "2\n0")
  }

  // What thr draws itself may have colours, so that those of data must not be in it.
  @Test(arguments: ["d", "logreg(d)", "t"]) func passesOnNoColourOfAName(shown: String) throws {
    let table = "printf '\\033[31mX,y\\n1,0\\n2,1\\n3,0\\n4,1\\n' >t.csv; "
    let output = try shell(
      table + "$thr -e 't = read(\"t.csv\"); d = dataset(t, target=\"y\"); \(shown)'")
    #expect(output.contains("X") && !output.contains("\u{1B}"), "\(output)")
  }

  @Test func saysThatAFileGrowsBeyondItsLimit() throws {
    let output = try shell(
      "ulimit -f 10; $thr -e 'write(synth(10000, 0.9).train, \"t.csv\")'; ls -A")
    #expect(output.contains("cannot write `t.csv`: the file is too large"), "\(output)")
    #expect(!output.contains("thr~"))
  }

  @Test(arguments: ["TERM", "HUP"]) func leavesNoHalfFileAfterASignal(name: String) throws {
    let line = """
      $thr -e 'd = synth(200000, 0.9).train
      for i in range(10000) { write(d, "t.csv") }' & p=$!
      n=0; while [ $n -lt 600 ] && [ -z "$(ls -A | grep thr~)" ]; do sleep 0.05; n=$((n+1)); done
      kill -\(name) $p; wait $p; echo status $?; ls -A
      """
    let output = try shell(line)
    #expect(!output.contains("thr~"), "\(output)")
    #expect(output.contains("status 1"), "\(output)")
  }
}
