package import PlanDocument

/// What a repository's own PLANS.md demands of its plans.
package struct RepositoryStandard: Sendable {
  /// A section that plans must have.
  package struct RequiredSection: Hashable, Sendable {
    /// As the file spells it.
    package let title: String
    /// `other` for a section that only this repository has.
    package let kind: SectionKind
    /// The line, from 1.
    package let line: Int
  }

  /// A line of the list of plans: `- 2026-03-01 - Load the events - status: done - owner: ada`.
  package struct IndexEntry: Hashable, Sendable {
    package let name: String
    /// In lower case: `done`, `in_progress`.
    package let status: String
    package let line: Int
  }

  /// The name of the file in messages.
  package let path: String
  /// In the order of the file; empty if it names none, and then those of the standard are required.
  package let sections: [RequiredSection]
  package let index: [IndexEntry]
}
