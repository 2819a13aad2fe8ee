package import Digest

/// A path and the digest of what was there; nil: nothing was.
package struct FileDigest: Hashable, Sendable {
  /// Relative to the project root.
  package var path: String
  package var digest: SHA256Digest?

  package init(path: String, digest: SHA256Digest?) {
    self.path = path
    self.digest = digest
  }
}
