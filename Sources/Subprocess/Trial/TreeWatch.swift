internal import CProcessSpawn
internal import Glibc

/// Tells that something below some folders has changed, at once.
package final class TreeWatch {
  let descriptor: Int32

  /// - Returns: nil where folders can't be watched.
  package init?() {
    descriptor = execplan_tree_watch()
    if descriptor < 0 { return nil }
  }

  deinit { close(descriptor) }

  /// - Returns: false when the system watches no more folders.
  package func add(_ folder: String) -> Bool { add(Array(folder.utf8CString)) }

  /// - Parameter folder: its bytes, with a zero at the end.
  package func add(_ folder: [CChar]) -> Bool { unsafe execplan_tree_watch_add(descriptor, folder) == 0 }

  /// Takes what has happened so far.
  ///
  /// - Returns: whether anything did.
  package func clear() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    var isChanged = false
    while unsafe read(descriptor, &bytes, bytes.count) > 0 { isChanged = true }
    return isChanged
  }
}
