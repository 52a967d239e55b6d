import Glibc

/// The functions of the C library cairo, found when a picture is drawn rather than linked: only who
/// draws PNG or PDF needs it installed, and the start of the program does not pay for it.
///
/// See <https://www.cairographics.org/manual/> for each of them.
struct CairoLibrary {
  typealias Object = OpaquePointer
  typealias Sink =
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, UInt32) -> Int32
  typealias Action = @convention(c) (Object) -> Void
  typealias Status = @convention(c) (Object) -> Int32
  typealias Number = @convention(c) (Object, Double) -> Void
  typealias Pair = @convention(c) (Object, Double, Double) -> Void
  typealias Four = @convention(c) (Object, Double, Double, Double, Double) -> Void
  typealias Five = @convention(c) (Object, Double, Double, Double, Double, Double) -> Void
  typealias Choice = @convention(c) (Object, Int32) -> Void
  typealias Words = @convention(c) (Object, UnsafePointer<CChar>) -> Void
  typealias WordsExtents =
    @convention(c) (Object, UnsafePointer<CChar>, UnsafeMutablePointer<Double>) -> Void
  typealias Dashes = @convention(c) (Object, UnsafePointer<Double>?, Int32, Double) -> Void

  // Surfaces.
  let imageSurface: @convention(c) (Int32, Int32, Int32) -> Object?
  let pdfSurface: @convention(c) (Sink, UnsafeMutableRawPointer?, Double, Double) -> Object?
  let setMetadata: @convention(c) (Object, Int32, UnsafePointer<CChar>) -> Void
  let addOutline:
    @convention(c) (Object, Int32, UnsafePointer<CChar>, UnsafePointer<CChar>, Int32) -> Int32
  let writePNG: @convention(c) (Object, Sink, UnsafeMutableRawPointer?) -> Int32
  let finishSurface: Action
  let destroySurface: Action
  let surfaceStatus: Status
  // Contexts.
  let create: @convention(c) (Object) -> Object?
  let destroy: Action
  let status: Status
  let statusText: @convention(c) (Int32) -> UnsafePointer<CChar>?
  let showPage: Action
  let save: Action
  let restore: Action
  let translate: Pair
  let scale: Pair
  let rotate: Number
  // Pens and paths.
  let setColour: Four
  let setLineWidth: Number
  let setDash: Dashes
  let setLineCap: Choice
  let setLineJoin: Choice
  let newPath: Action
  let moveTo: Pair
  let lineTo: Pair
  let closePath: Action
  let rectangle: Four
  let arc: Five
  let fill: Action
  let stroke: Action
  // Texts.
  let selectFont: @convention(c) (Object, UnsafePointer<CChar>, Int32, Int32) -> Void
  let setFontSize: Number
  let showText: Words
  let textPath: Words
  let textExtents: WordsExtents
}

extension CairoLibrary {
  /// Opens the library.
  ///
  /// Once opened it stays with the process, so that a second time costs nothing.
  init(names: [String] = ["libcairo.so.2", "libcairo.2.dylib"]) throws(DrawingError) {
    guard let handle = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first
    else { throw DrawingError(.noCairo) }
    imageSurface = try handle.function("cairo_image_surface_create")
    pdfSurface = try handle.function("cairo_pdf_surface_create_for_stream")
    setMetadata = try handle.function("cairo_pdf_surface_set_metadata")
    addOutline = try handle.function("cairo_pdf_surface_add_outline")
    writePNG = try handle.function("cairo_surface_write_to_png_stream")
    finishSurface = try handle.function("cairo_surface_finish")
    destroySurface = try handle.function("cairo_surface_destroy")
    surfaceStatus = try handle.function("cairo_surface_status")
    create = try handle.function("cairo_create")
    destroy = try handle.function("cairo_destroy")
    status = try handle.function("cairo_status")
    statusText = try handle.function("cairo_status_to_string")
    showPage = try handle.function("cairo_show_page")
    save = try handle.function("cairo_save")
    restore = try handle.function("cairo_restore")
    translate = try handle.function("cairo_translate")
    scale = try handle.function("cairo_scale")
    rotate = try handle.function("cairo_rotate")
    setColour = try handle.function("cairo_set_source_rgba")
    setLineWidth = try handle.function("cairo_set_line_width")
    setDash = try handle.function("cairo_set_dash")
    setLineCap = try handle.function("cairo_set_line_cap")
    setLineJoin = try handle.function("cairo_set_line_join")
    newPath = try handle.function("cairo_new_path")
    moveTo = try handle.function("cairo_move_to")
    lineTo = try handle.function("cairo_line_to")
    closePath = try handle.function("cairo_close_path")
    rectangle = try handle.function("cairo_rectangle")
    arc = try handle.function("cairo_arc")
    fill = try handle.function("cairo_fill")
    stroke = try handle.function("cairo_stroke")
    selectFont = try handle.function("cairo_select_font_face")
    setFontSize = try handle.function("cairo_set_font_size")
    showText = try handle.function("cairo_show_text")
    textPath = try handle.function("cairo_text_path")
    textExtents = try handle.function("cairo_text_extents")
  }
}

extension UnsafeMutableRawPointer {
  /// The function of that name, whose C type the caller vouches for.
  fileprivate func function<Function>(_ name: String) throws(DrawingError) -> Function {
    guard let address = dlsym(self, name) else {
      throw DrawingError(.unsuitableCairo(missing: name))
    }
    return unsafeBitCast(address, to: Function.self)
  }
}
