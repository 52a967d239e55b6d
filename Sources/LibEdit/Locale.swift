import Glibc

/// The encoding of what is typed.
public enum Locale {
  /// Makes characters wide ones in UTF-8, regardless of the environment; must come before libedit.
  ///
  /// README 2. Only the encoding is set:
  /// numbers are read and written the same everywhere.
  public static func use() {
    setlocale(LC_CTYPE, "")
    if __ctype_get_mb_cur_max() == 1 { setlocale(LC_CTYPE, "C.UTF-8") }
  }
}
