internal import CProcessSpawn

/// What a file carries beside content, owner and mode: attributes of users, access lists (xattr(7)).
package enum ExtendedAttributes {
  /// Gives a file those of another.
  ///
  /// - Parameters: open files; the second must be writable.
  /// - Returns: 0, or the `errno` of what failed.
  package static func copy(from old: Int32, to new: Int32) -> Int32 { -execplan_copy_attributes(old, new) }
}
