extension Surface {
  /// Bold text, where there is colour.
  public func bold(_ text: String) -> String { inked(text, "1") }

  /// Faint text, for explanations, where there is colour.
  public func faint(_ text: String) -> String { inked(text, "90") }

  private func inked(_ text: String, _ code: String) -> String {
    colour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
