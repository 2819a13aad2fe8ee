/// Why the journal cannot be used.
package enum JournalError: Error, Hashable, Sendable {
  /// Written by a newer execplan.
  case newer(found: Int, known: Int)
  /// Not a journal, or damaged.
  case damaged(String)
  /// Opening, reading or writing failed.
  case io(String)
}
