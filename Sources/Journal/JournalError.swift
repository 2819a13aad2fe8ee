/// Why the journal cannot be used.
package enum JournalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Written by a newer execplan.
  case newer(found: Int, known: Int)
  /// Not a journal, or damaged.
  case damaged(String)
  /// Opening, reading or writing failed.
  case io(String)
  /// The journal, or a lock of it, was removed or replaced while it was in use: what was written
  /// meanwhile may be lost.
  case gone(String)
  /// Another process held a lock of the state directory for too long.
  case busy(String)
  /// A write that contradicts what the journal holds: a fault of the program that made it.
  case invalid(String)

  package var description: String {
    switch self {
    case .newer(let found, let known):
      "the journal has format \(found), this execplan knows formats up to \(known); use a newer execplan"
    case .damaged(let what), .io(let what), .busy(let what), .invalid(let what): what
    case .gone(let path):
      "\"\(path)\" was removed or replaced while it was in use; nothing further is recorded"
    }
  }
}
