/// Where and why a text is not JSON.
package struct JSONError: Error, Hashable, Sendable {
  /// Bytes from the beginning.
  package var offset: Int
  package var message: String

  package init(_ offset: Int, _ message: String) {
    self.offset = offset
    self.message = message
  }
}
