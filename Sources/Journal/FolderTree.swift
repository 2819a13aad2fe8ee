internal import Glibc

/// What is in a folder of ours.
package enum FolderTree {
  /// The names in a folder, in no order; none if it can't be read.
  package static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var found: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { found.append(name) }
    }
    return found
  }

  /// Removes a file, or a folder with all that is in it; links are removed, not followed.
  ///
  /// - Throws: ``JournalError`` at the first thing that can't be removed. What is not there is no error.
  package static func remove(_ path: String) throws(JournalError) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      guard unsafe unlink(path) == 0 || errno == ENOENT else { throw systemError("cannot remove \"\(path)\"") }
      return
    }
    for name in names(in: path) { try remove("\(path)/\(name)") }
    guard unsafe rmdir(path) == 0 || errno == ENOENT else { throw systemError("cannot remove \"\(path)\"") }
  }
}
