internal import Glibc
internal import Synchronization

/// The database files that this process has open for writing.
///
/// POSIX drops every lock that a process holds on a file when the process closes any descriptor of it
/// (fcntl(2)). Reading such a file beside SQLite would take the locks of our own connection away, and
/// another process could then delete the write-ahead log under it.
package enum OpenFiles {
  struct File: Hashable {
    var device: UInt
    var inode: UInt
  }

  struct Registration: Hashable {
    var file: File
  }

  private static let counts = Mutex<[File: Int]>([:])

  static func register(_ path: String) -> Registration? {
    guard let file = identity(path) else { return nil }
    counts.withLock { $0[file, default: 0] += 1 }
    return Registration(file: file)
  }

  static func unregister(_ registration: Registration) {
    counts.withLock { counts in
      let count = (counts[registration.file] ?? 1) - 1
      counts[registration.file] = count > 0 ? count : nil
    }
  }

  /// Whether a connection of this process has the file open, so that nobody here may open and close it.
  package static func contains(_ path: String) -> Bool {
    guard let file = identity(path) else { return false }
    return counts.withLock { $0[file] != nil }
  }

  private static func identity(_ path: String) -> File? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return File(device: UInt(status.st_dev), inode: UInt(status.st_ino))
  }
}
