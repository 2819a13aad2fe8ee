package import Digest
package import PlanModel

/// What a repair found, saved and lost.
package struct RepairReport: Hashable, Sendable {
  package struct Doubt: Hashable, Sendable {
    package var plan: String
    package var run: Int64
    package var step: String
  }

  package struct Table: Hashable, Sendable {
    package var name: String
    package var rows: Int
    /// Rows that were read and are not believed.
    package var dropped: Int
    /// Why not all of it could be read.
    package var problem: String?
  }

  /// What was wrong; empty: nothing, and nothing was changed.
  package var problems: [String] = []
  /// Where the old files are, relative to the state directory.
  package var kept: String?
  package var tables: [Table] = []
  /// Runs of which only other rows told.
  package var guessedRuns: [Int64] = []
  /// Runs that left output or marks, and of which the journal says nothing any more.
  package var lostRuns: [Int64] = []
  /// Steps of unfinished runs of which nobody knows any more whether they ran.
  package var doubts: [Doubt] = []
  /// Whether an interrupted repair was only brought to its end.
  package var isContinued = false
  /// Whether something may be missing.
  package var isLossy = false

  package init() {}
}

extension Fingerprint {
  /// The definition of an attempt of which nothing is known but that it may have run: no step has this digest, so
  /// whoever goes on is asked.
  package static let unknownDefinition = SHA256Digest(bytes: [UInt8](repeating: 0, count: 32))
}
