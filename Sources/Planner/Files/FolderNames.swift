internal import Glibc

/// Reads the names in a folder.
enum FolderNames {
  /// All names but `.` and `..`, in the order of the file system.
  static func of(_ path: String, shown: String) throws(FileProbeError) -> [String] {
    guard let folder = unsafe opendir(path) else {
      throw FileProbeError(path: shown, message: unsafe String(cString: strerror(errno)))
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
}
