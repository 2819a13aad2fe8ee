internal import Glibc

/// Reads the names in folders.
package enum DirectoryListing {
  /// All names but `.` and `..`, in the order of the file system.
  package static func names(in path: String) throws(FileProbeError) -> [String] {
    guard let folder = unsafe opendir(path) else {
      throw FileProbeError(path: path, message: unsafe String(cString: strerror(errno)))
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Whether a folder is there; a link to one is none.
  package static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }
}
