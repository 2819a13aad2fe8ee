internal import Glibc
internal import Subprocess

/// Folders of execplan's own.
enum PrivateFolder {
  /// Removes an empty folder.
  static func remove(_ path: String) {
    unsafe rmdir(path)
  }

  /// Makes a folder that only its owner may enter, whatever the umask; one that is there is taken.
  ///
  /// - Throws: `ENOTDIR` when something else is there, even a link to a folder.
  static func make(_ path: String) throws(SystemError) {
    if unsafe mkdir(path, 0o700) == 0 {
      guard unsafe chmod(path, 0o700) == 0 else { throw SystemError("set the mode of \"\(path)\"", code: errno) }
      return
    }
    guard errno == EEXIST else { throw SystemError("make \"\(path)\"", code: errno) }
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw SystemError("make \"\(path)\", as something else is there", code: ENOTDIR)
    }
  }
}
