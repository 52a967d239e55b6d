/// A JSON value; objects keep the order of their keys.
public indirect enum JSON: Hashable, Sendable {
  case null
}
