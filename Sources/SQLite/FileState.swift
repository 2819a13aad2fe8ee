internal import Glibc

/// What stat(2) says of a file, as far as a change of its content shows in it.
struct FileState: Hashable {
  var device: UInt
  var inode: UInt
  var size: Int
  var modifiedSeconds: Int
  var modifiedNanoseconds: Int
  var isRegular: Bool

  /// Nil if there is no such file, or it cannot be looked at.
  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
    size = Int(status.st_size)
    modifiedSeconds = status.st_mtim.tv_sec
    modifiedNanoseconds = status.st_mtim.tv_nsec
    isRegular = status.st_mode & S_IFMT == S_IFREG
  }
}
