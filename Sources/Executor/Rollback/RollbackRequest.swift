/// What a person asks `rollback` for.
package struct RollbackRequest: Sendable {
  /// The run that is meant; nil: the latest.
  package var run: Int64?
  /// The step after which everything is taken back; nil: everything.
  package var to: String?
  /// Whether steps that nothing can take back are passed over.
  package var passesIrreversible = false
  /// Whether files that somebody changed since are made as they were all the same.
  package var overwrites = false

  package init() {}
}
