/// 1 / (1 + exp(-x)) to about two units in the last place, with the same bits on every machine.
///
/// Only operations that IEEE 754 rounds exactly are used, none of them fused, and no mathematical
/// library, whose last bits differ between processors. Small probabilities stay exact to the last
/// digits down to 5e-324.
func logistic(_ x: Double) -> Double {
  if x < 0 {
    let odds = exponential(x)
    return odds / (1 + odds)
  }
  return 1 / (1 + exponential(-x))
}

/// The exponential of a number that is not above 0.
func exponential(_ x: Double) -> Double {
  guard x > -745.2 else { return x.isNaN ? x : 0 }
  // x = n · ln 2 + r with |r| <= ln 2 / 2. The shifter pushes the fraction out of a Double.
  let shifter = 0x1.8p52
  let shifted = x * 0x1.71547652b82fep0 + shifter
  let n = shifted - shifter
  // ln 2 in two parts; the trailing zeros of the first make its product with n exact.
  let r = (x - n * 0x1.62e42fefa3800p-1) - n * 0x1.ef35793c76730p-45
  let power = 1 + (r + r * r * taylorTail(r))
  let exponent = Int(n)
  // Numbers below the least normal one take two steps.
  return exponent >= -1000
    ? power * powerOfTwo(exponent) : power * powerOfTwo(exponent + 100) * powerOfTwo(-100)
}

private func powerOfTwo(_ exponent: Int) -> Double {
  Double(bitPattern: UInt64(exponent + 1023) << 52)
}

/// (exp(r) - 1 - r) / r² for |r| <= ln 2 / 2, by Taylor's series; what is left out is below 1e-17.
private func taylorTail(_ r: Double) -> Double {
  var sum = 1.0 / 6_227_020_800
  sum = sum * r + 1.0 / 479_001_600
  sum = sum * r + 1.0 / 39_916_800
  sum = sum * r + 1.0 / 3_628_800
  sum = sum * r + 1.0 / 362_880
  sum = sum * r + 1.0 / 40_320
  sum = sum * r + 1.0 / 5_040
  sum = sum * r + 1.0 / 720
  sum = sum * r + 1.0 / 120
  sum = sum * r + 1.0 / 24
  sum = sum * r + 1.0 / 6
  return sum * r + 1.0 / 2
}
