internal import Glibc

/// Paths as the file system knows them: whatever links, `//` and `/./` they were written with.
package enum RealPath {
  /// nil when nothing is there.
  package static func of(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The same; the path as it is when nothing is there.
  package static func orSame(_ path: String) -> String { of(path) ?? path }
}
