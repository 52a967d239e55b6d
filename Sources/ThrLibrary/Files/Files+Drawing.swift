import Drawing
import TableIO
import ThrModel
public import ThrSyntax

extension Builtin.Form {
  /// Draws a figure to a file.
  static var drawing: Self {
    Self(
      Parameter<FigureResult>("figure", "The figure."),
      Parameter<String>("path", kind: .path, "The file: `.svg`, `.png` or `.pdf`."),
      .width, .height, .theme, result: ValueType.none
    ) { context, figure, path, width, height, theme in
      guard let format = FileFormat(path: path) else { throw CallError.unknownPicture(path) }
      let size = figure.content.standardSize.scaled(toWidth: width, height: height)
      let theme = theme.map { $0 == "dark" ? Figure.Theme.dark : .light }
      try figure.content.draw(format, to: path, size: size, theme: theme, in: context)
      return Value.none
    }
  }
}

extension Drawable {
  /// Draws the value where the path ends as a picture's does; false where it does not.
  func isDrawn(to path: String, _ context: CallContext) throws -> Bool {
    guard let format = FileFormat(path: path) else { return false }
    let figure = try figure(PlotOptions(isCancelled: context.isCancelled))
    try figure.draw(format, to: path, size: figure.standardSize, theme: nil, in: context)
    return true
  }
}

extension Figure.Size {
  /// The size asked for; a side that is left out keeps the proportions.
  fileprivate func scaled(toWidth wanted: Double?, height tall: Double?) -> Self {
    Self(
      width: wanted ?? tall.map { $0 * width / height } ?? width,
      height: tall ?? wanted.map { $0 * height / width } ?? height)
  }
}

extension Figure {
  fileprivate func draw(
    _ format: FileFormat, to path: String, size: Size, theme: Theme?, in context: CallContext
  ) throws(CallError) {
    let bytes: [UInt8]
    do throws(DrawingError) {
      switch format {
      case .svg: bytes = Array(svg(size: size, theme: theme).utf8)
      case .png: bytes = try png(size: size, theme: theme ?? .light)
      case .pdf: bytes = try pdf(size: size, theme: theme ?? .light)
      }
    } catch {
      throw CallError(error, orWrite: ".svg")
    }
    do throws(FileError) {
      try context.files.writeFileAtomically(path, bytes)
    } catch {
      throw CallError(error, parameter: "path")
    }
  }
}

extension Parameter<Double?> {
  fileprivate static var width: Self {
    Parameter(
      "width", in: 120...5_000, unit: "pixels", "Width; by default 720, or 560 for a square plot.")
  }

  fileprivate static var height: Self {
    Parameter(
      "height", in: 120...5_000, unit: "pixels", "Height; by default 440, or 560 for a square plot."
    )
  }
}

extension Parameter<String?> {
  fileprivate static var theme: Self {
    Parameter(
      "theme", words: ["light", "dark"],
      "Background; by default light in PNG and PDF, and in SVG as the viewer's setting.")
  }
}

extension CallError {
  /// - Parameter ending: Of a file that needs no library.
  init(_ error: DrawingError, orWrite ending: String) {
    self.init(.drawingFailed, error.message, remedy: error.remedy(orWrite: ending))
  }

  fileprivate static func unknownPicture(_ path: String) -> CallError {
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    let stem = name.lastIndex(of: ".").map { path[..<$0] } ?? path[...]
    return CallError(
      .unsuitableArgument, "a figure can be written only to a file that ends in .svg, .png or .pdf",
      remedy: path.lowercased().hasSuffix(".csv")
        ? "to write its numbers, write the curve itself" : "use the name \"\(stem).svg\"",
      parameter: "path")
  }
}

extension Diagnostic.Kind {
  /// A picture could not be drawn into a file.
  public static let drawingFailed = Diagnostic.Kind(
    "E0503", "drawing-failed",
    explanation: .init(
      """
      A PNG or PDF could not be written: both need the library cairo and a font. SVG needs \
      neither, nor does a report in HTML or Markdown.
      """,
      wrong: """
        s = scores([0.9, 0.2], [1, 0])
        write(roc(s), "roc.png")
        """,
      right: """
        s = scores([0.9, 0.2], [1, 0])
        write(roc(s), "roc.svg")
        """))
}
