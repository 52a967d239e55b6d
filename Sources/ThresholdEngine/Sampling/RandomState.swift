import CKernels

/// NumPy's legacy random generator (`numpy.random.RandomState`), draw for draw.
///
/// The Mersenne Twister MT19937 of Matsumoto and Nishimura (1998) with period 2¹⁹⁹³⁷ - 1, seeded
/// and read as NumPy does, so that anyone can hold a seeded result against Python. It is not fit
/// for secrets.
public struct RandomState: Sendable {
  private static let size = THR_TWISTER_SIZE

  private var key: [UInt32]
  /// The tempered outputs of the present state.
  private var outputs: [UInt32]
  private var position = Self.size
  /// The second normal of a pair, kept for the next call; untouched by other draws.
  var spareNormal: Double?

  /// `numpy.random.RandomState(seed)`: Knuth's seeding, not MT19937's own of arrays.
  public init(seed: UInt32) {
    key = Self.knuth(seed)
    outputs = [UInt32](repeating: 0, count: Self.size)
  }

  /// `numpy.random.RandomState([…])`; the empty list counts as `[0]`.
  public init(seeds: [UInt32]) {
    let seeds = seeds.isEmpty ? [0] : seeds
    key = Self.knuth(19_650_218)
    outputs = [UInt32](repeating: 0, count: Self.size)
    mix(seeds)
  }

  /// The next 32 random bits.
  @inline(__always)
  public mutating func next32() -> UInt32 {
    if position == Self.size { regenerate() }
    let word = outputs[position]
    position &+= 1
    return word
  }

  /// The next 64 random bits: two words, the first one the more significant.
  public mutating func next64() -> UInt64 {
    let high = UInt64(next32())
    return high << 32 | UInt64(next32())
  }

  /// A number of 53 random bits, uniform over 0..<1.
  @inline(__always)
  public mutating func double() -> Double {
    let high = Double(next32() >> 5)
    let low = Double(next32() >> 6)
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }
}

// MARK: - State

extension RandomState {
  private static func knuth(_ seed: UInt32) -> [UInt32] {
    var key = [UInt32](repeating: seed, count: size)
    for index in 1..<size {
      let previous = key[index - 1]
      key[index] = 1_812_433_253 &* (previous ^ previous >> 30) &+ UInt32(index)
    }
    return key
  }

  /// MT19937's `init_by_array`.
  private mutating func mix(_ seeds: [UInt32]) {
    var index = 1
    var turn = 0
    for _ in 0..<max(Self.size, seeds.count) {
      let scrambled = key[index] ^ (scramble(before: index) &* 1_664_525)
      key[index] = scrambled &+ seeds[turn] &+ UInt32(truncatingIfNeeded: turn)
      advance(&index)
      turn = (turn + 1) % seeds.count
    }
    for _ in 1..<Self.size {
      key[index] = (key[index] ^ (scramble(before: index) &* 1_566_083_941)) &- UInt32(index)
      advance(&index)
    }
    key[0] = 0x8000_0000
  }

  private func scramble(before index: Int) -> UInt32 {
    key[index - 1] ^ key[index - 1] >> 30
  }

  private mutating func advance(_ index: inout Int) {
    index += 1
    guard index == Self.size else { return }
    key[0] = key[Self.size - 1]
    index = 1
  }

  private mutating func regenerate() {
    key.withUnsafeMutableBufferPointer { key in
      outputs.withUnsafeMutableBufferPointer { outputs in
        guard let key = key.baseAddress, let outputs = outputs.baseAddress else { return }
        thr_twister_advance(key, outputs)
      }
    }
    position = 0
  }

  /// Draws the points of several thousand normals, the next in the stream.
  mutating func drawPoints(_ points: UnsafeMutablePointer<thr_polar_points>) {
    key.withUnsafeMutableBufferPointer { key in
      outputs.withUnsafeMutableBufferPointer { outputs in
        guard let key = key.baseAddress, let outputs = outputs.baseAddress else { return }
        thr_polar_draw(key, outputs, &position, points)
      }
    }
  }
}
