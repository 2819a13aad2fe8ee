internal import CProcessSpawn

/// Swaps files, and sees whether somebody writes to one meanwhile (rename(2), fcntl(2)).
package enum FileExchange {
  package enum Writers: Sendable {
    case none, some
    /// The system does not tell.
    case unknown
  }

  /// - Returns: 0, or the `errno` of what failed.
  package static func swap(_ a: String, _ b: String) -> Int32 { -(unsafe execplan_exchange(a, b)) }

  /// Begins to watch a file that is open for reading; the watch ends when it is closed.
  package static func watch(_ file: Int32) -> Writers {
    let result = execplan_watch_writers(file)
    return result == 0 ? .none : result == 1 ? .some : .unknown
  }

  /// Whether nobody has tried to open a watched file for writing since.
  package static func isUndisturbed(_ file: Int32) -> Bool { execplan_has_no_writers(file) == 1 }
}
