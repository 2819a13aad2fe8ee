/// Changes output on its way to a file, piece by piece: what must not be written is replaced, also when it is split
/// over two pieces.
package protocol OutputFilter {
  /// What may be written now of all that was given so far.
  mutating func mask(_ bytes: [UInt8]) -> [UInt8]
  /// What is left at the end.
  mutating func finish() -> [UInt8]
}
