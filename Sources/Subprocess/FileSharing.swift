internal import CProcessSpawn

/// Copies of files that share what they hold, where the file system can do that (ioctl_ficlone(2)).
package enum FileSharing {
  /// Copies the rest of a file into an empty one.
  ///
  /// - Returns: 0, or the `errno` of what failed.
  package static func copy(_ source: Int32, to target: Int32) -> Int32 { -execplan_copy_content(source, target) }
}
