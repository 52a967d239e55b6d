import Glibc

extension Double {
  /// e to this power; the greatest number where that is beyond it.
  var exponential: Double { min(exp(self), .greatestFiniteMagnitude) }
}
