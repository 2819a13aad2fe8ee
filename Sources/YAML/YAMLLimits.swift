/// The bounds that keep a hostile file from using up time, memory or stack.
package struct YAMLLimits: Sendable {
  /// Nested collections, aliases followed.
  package var depth: Int
  /// Bytes of one file.
  package var fileSize: Int
  /// Nodes that aliases and merge keys add to those that are written.
  package var aliasExpansion: Int
  /// Bytes of one scalar's value.
  package var scalarSize: Int

  package init(
    depth: Int = 64, fileSize: Int = 64 << 20, aliasExpansion: Int = 1_000_000, scalarSize: Int = 8 << 20
  ) {
    self.depth = depth
    self.fileSize = fileSize
    self.aliasExpansion = aliasExpansion
    self.scalarSize = scalarSize
  }

  package static let `default` = YAMLLimits()
}
