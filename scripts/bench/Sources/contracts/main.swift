// How often `verify` and `monitor` are wrong, and how soon they find drift, on rows whose truth is
// known. See `scripts/contract-errors`.

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "streams" {
  StreamReader().run()
} else {
  let sets = arguments.first.flatMap { Int($0) } ?? 2_000
  VerifyStudy(sets: sets).run()
  DriftStudy(sets: sets).run()
  MonitorStudy(streams: sets).run()
}
