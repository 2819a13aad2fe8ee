/// Why a text is not a glob, and where.
package struct GlobError: Error, Hashable, Sendable {
  /// Bytes from the beginning of the pattern.
  package var offset: Int
  /// Lower case, no full stop.
  package var message: String

  package init(_ offset: Int, _ message: String) {
    self.offset = offset
    self.message = message
  }
}
