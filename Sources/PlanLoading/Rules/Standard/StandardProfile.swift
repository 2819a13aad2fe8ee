/// How strictly a markdown plan is held to the ExecPlan standard, and what its repository adds to that.
package struct StandardProfile: Sendable {
  package enum Level: String, Sendable, CaseIterable {
    /// Other names, translations and known forms of times are fine.
    case lenient
    /// The standard to the letter.
    case codex
  }

  package var level: Level
  /// Whether every missing section is an error, as under `codex`.
  package var isStrict: Bool
  /// What the repository's own PLANS.md says; nil if there is none, or if it names no sections.
  package var repository: RepositoryStandard?

  package init(level: Level = .lenient, isStrict: Bool = false, repository: RepositoryStandard? = nil) {
    self.level = level
    self.isStrict = isStrict
    self.repository = repository
  }
}
