import ThresholdEngine

/// The numbers of onnx.proto, which are fixed for good.
private enum ONNX {
  static let double = 11
  static let int64 = 7
}

extension ExportedRule {
  /// The rule as an ONNX model of operator set 13: `score`, a vector of doubles, to `decision`, a
  /// vector of 64-bit integers: 1 flagged, 0 not, -1 for a score that is no number.
  var onnx: [UInt8] {
    // No score is at least NaN: so nothing is flagged.
    let threshold = decision.threshold ?? .nan
    let graph = ProtocolBuffer.message { graph in
      graph.append(1, Self.node("GreaterOrEqual", ["score", "threshold"], "is_flagged"))
      graph.append(1, Self.cast)
      graph.append(1, Self.node("IsNaN", ["score"], "is_missing"))
      graph.append(1, Self.node("Where", ["is_missing", "missing", "flag"], "decision"))
      graph.append(2, "decision")
      graph.append(5, Self.scalar("threshold", ONNX.double, threshold.bitPattern))
      graph.append(5, Self.scalar("missing", ONNX.int64, UInt64(bitPattern: -1)))
      graph.append(10, comment)
      graph.append(11, Self.vector("score", ONNX.double))
      graph.append(12, Self.vector("decision", ONNX.int64))
    }
    return ProtocolBuffer.message { model in
      model.append(1, 7)
      model.append(2, "thr")
      model.append(7, graph)
      model.append(8, .message { $0.append(2, 13) })
    }.bytes
  }

  private static func node(_ operation: String, _ inputs: [String], _ output: String)
    -> ProtocolBuffer
  {
    .message { node in
      for input in inputs { node.append(1, input) }
      node.append(2, output)
      node.append(4, operation)
    }
  }

  private static let cast: ProtocolBuffer = {
    var node = Self.node("Cast", ["is_flagged"], "flag")
    node.append(
      5,
      .message { attribute in
        attribute.append(1, "to")
        attribute.append(3, ONNX.int64)
        attribute.append(20, 2)
      })
    return node
  }()

  /// A tensor of no dimension that holds eight bytes.
  private static func scalar(_ name: String, _ type: Int, _ bits: UInt64) -> ProtocolBuffer {
    .message { tensor in
      tensor.append(2, type)
      tensor.append(8, name)
      tensor.append(9, bytes: (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) })
    }
  }

  /// An input or output of as many elements as there are rows.
  private static func vector(_ name: String, _ type: Int) -> ProtocolBuffer {
    .message { value in
      value.append(1, name)
      value.append(
        2,
        .message { holder in
          holder.append(
            1,
            .message { tensor in
              tensor.append(1, type)
              tensor.append(2, .message { $0.append(1, .message { $0.append(2, "rows") }) })
            })
        })
    }
  }
}
