import Glibc

/// Memory for one element a row, uninitialised; on huge pages where it is large.
///
/// First touch of millions of small pages costs more than sorting what is put there. Threads that
/// share it write to places apart, and no one writes once it is handed on.
final class RowBuffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>

  init(count: Int) {
    let bytes = max(count, 1) * MemoryLayout<Element>.stride
    let hugePage = 1 << 21
    let isLarge = bytes >= 2 * hugePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: isLarge ? hugePage : MemoryLayout<Element>.alignment)
    if isLarge { madvise(memory, bytes, MADV_HUGEPAGE) }  // advice only: failure changes nothing
    start = memory.bindMemory(to: Element.self, capacity: max(count, 1))
  }

  deinit { start.deallocate() }
}
