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

  /// Headings and phrases that the project's configuration asks for.
  package var requirements: [Requirement] = []

  /// A heading or a phrase that every plan must hold.
  package struct Requirement: Hashable, Sendable {
    package let text: String
    /// The configuration file that says so.
    package let path: String

    package init(_ text: String, path: String) {
      self.text = text
      self.path = path
    }
  }

  package init(level: Level = .lenient, isStrict: Bool = false, repository: RepositoryStandard? = nil) {
    self.level = level
    self.isStrict = isStrict
    self.repository = repository
  }
}
