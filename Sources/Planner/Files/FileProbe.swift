package import Digest
package import PlanModel

/// What the planner asks of the file system; nothing here changes or runs anything.
package protocol FileProbe: Sendable {
  /// The paths that patterns match, sorted, relative to the project root; a literal path that is not there is
  /// not among them.
  func matches(_ patterns: [PathPattern]) throws(FileProbeError) -> [String]

  /// The digest of what is at a path: a file's content, a link's target, a folder's names; nil when nothing is
  /// there. A database of SQLite is digested together with its write-ahead log.
  func digest(_ path: String) throws(FileProbeError) -> SHA256Digest?

  /// The content of a file, nil when it is not there.
  ///
  /// - Throws: when it cannot be read, or is larger than `limit` bytes.
  func content(_ path: String, limit: Int) throws(FileProbeError) -> [UInt8]?

  /// The text of a file with the expressions in it.
  ///
  /// - Throws: when it is not UTF-8 text, or an expression in it can't be read.
  func template(_ bytes: [UInt8], path: String) throws(FileProbeError) -> Template

  func status(_ path: String) throws(FileProbeError) -> FileStatus?
}

/// What `lstat` and `readlink` say of a path.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file, directory
    case link(target: String)
    case other
  }

  package var kind: Kind
  package var size: Int
  /// Permission bits.
  package var mode: UInt16
  /// Milliseconds since 1970, UTC.
  package var modifiedAt: Int64

  package init(kind: Kind, size: Int, mode: UInt16, modifiedAt: Int64) {
    self.kind = kind
    self.size = size
    self.mode = mode
    self.modifiedAt = modifiedAt
  }
}

/// A path that could not be looked at.
package struct FileProbeError: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  package var message: String

  package init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  package var description: String { "\"\(path)\": \(message)" }
}
