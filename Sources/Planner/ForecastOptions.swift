/// What an invocation asks for, as far as it matters for decisions.
package struct ForecastOptions: Sendable {
  package var isForced = false
  package var isFresh = false
  package var rerun: Set<String> = []
  /// Nodes to be left alone.
  package var excluded: Set<Int> = []
  /// Nodes that count as done without having run.
  package var skipped: Set<Int> = []
  /// What is there already, and what is done about it.
  package var conflicts = ConflictTerms()
  /// Whether the change set says what the steps would do to files, line by line.
  package var showsChanges = false

  package init() {}
}
