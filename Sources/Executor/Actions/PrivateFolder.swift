internal import Glibc
internal import Subprocess

/// Folders of execplan's own.
enum PrivateFolder {
  static func make(_ path: String) throws(SystemError) {
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw SystemError("make \"\(path)\"", code: errno) }
  }
}
