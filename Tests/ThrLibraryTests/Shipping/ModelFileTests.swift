import Testing

@testable import ThrLibrary

/// Decisions as ONNX and PMML, on scores at the threshold, beside it, infinite and missing.
@Suite struct ModelFileTests {
  private static let hasRuntime =
    (try? ExportTests.run("python3", ["-c", "import onnxruntime, onnx"])) != nil

  @Test(.enabled(if: hasRuntime, "python3 has no onnxruntime and onnx"))
  func onnx() throws {
    let script = """
      import sys, numpy, onnx, onnxruntime
      folder, count = sys.argv[1], int(sys.argv[2])
      scores = numpy.array(
          [float(x) for x in open(folder + "/scores.txt")] + [float("nan")] * 2)
      for i in range(count):
          model = onnx.load(f"{folder}/d{i}.onnx")
          onnx.checker.check_model(model, full_check=True)
          session = onnxruntime.InferenceSession(f"{folder}/d{i}.onnx")
          (all,) = session.run(["decision"], {"score": scores})
          print("".join("-" if x < 0 else str(x) for x in all))
      """
    #expect(
      try ExportTests().decisions("python3", script, .onnx, ending: "onnx")
        == ExportTests.expected)
  }

  /// The bytes of a small model, field by field by the wire format.
  @Test func protocolBuffers() {
    var message = ProtocolBuffer()
    message.append(1, 300)
    message.append(2, "ab")
    message.append(20, -1)
    #expect(
      message.bytes == [0x08, 0xAC, 0x02, 0x12, 0x02, 0x61, 0x62, 0xA0, 0x01]
        + [UInt8](repeating: 0xFF, count: 9) + [0x01])
  }

  /// The tree is evaluated as PMML says: the first true child, and no class where one is unknown.
  @Test(.enabled(if: ExportTests.isInstalled("python3"), "python3 is not installed"))
  func pmml() throws {
    let script = """
      import math, sys, xml.etree.ElementTree as xml
      folder, count = sys.argv[1], int(sys.argv[2])
      name = "{http://www.dmg.org/PMML-4_4}"
      scores = [float(x) for x in open(folder + "/scores.txt")] + [None, None]
      compare = {
          "greaterOrEqual": lambda x, t: x >= t, "lessThan": lambda x, t: x < t,
          "greaterThan": lambda x, t: x > t, "lessOrEqual": lambda x, t: x <= t}
      def holds(predicate, score):
          operator = predicate.get("operator")
          if operator == "isNotMissing":
              return score is not None
          return None if score is None else compare[operator](score, float(predicate.get("value")))
      def decide(root, score):
          for node in root.findall(name + "Node"):
              result = holds(node.find(name + "SimplePredicate"), score)
              if result is None:
                  return "-"
              if result:
                  return node.get("score")
          return "-"
      for i in range(count):
          tree = xml.parse(f"{folder}/d{i}.pmml").getroot().find(name + "TreeModel")
          assert tree.get("missingValueStrategy") == "nullPrediction"
          assert tree.get("noTrueChildStrategy") == "returnNullPrediction"
          print("".join(decide(tree.find(name + "Node"), x) for x in scores))
      """
    #expect(
      try ExportTests().decisions("python3", script, .pmml, ending: "pmml")
        == ExportTests.expected)
  }
}
