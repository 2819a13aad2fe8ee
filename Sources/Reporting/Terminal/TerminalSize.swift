internal import Glibc

/// How many columns and rows a terminal has.
package struct TerminalSize: Hashable, Sendable {
  package var width: Int
  package var height: Int

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The size of the terminal behind a descriptor; nil if it is none or does not say.
  package static func of(descriptor: Int32) -> TerminalSize? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return TerminalSize(width: Int(size.ws_col), height: Int(size.ws_row))
  }

  package static func isTerminal(descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
}
