package import PlanModel
package import SourceText

/// What `execplan.config.yaml` says about the plans of a project, or of one of its folders.
package struct ProjectConfiguration: Sendable {
  /// The name of the file, at the root of a project and in its folders.
  package static let fileName = "execplan.config.yaml"

  /// How strictly markdown plans are held to the standard of ExecPlans.
  package enum Standard: String, Hashable, Sendable, CaseIterable {
    case lenient, codex
  }

  /// Where `execplan new` writes plans, and in which form.
  package struct NewPlans: Hashable, Sendable {
    package enum Format: String, Hashable, Sendable, CaseIterable {
      /// Markdown.
      case md
      case yaml
    }

    /// Relative to the project root.
    package var folder: String?
    package var format: Format?

    package init() {}
  }

  /// Files that are plans because of where they are; relative to the folder of the configuration.
  package var plans: [PathPattern] = []
  /// Files that are found only when a person names them; relative to the folder of the configuration.
  package var exclude: [PathPattern] = []
  package var standard: Standard?
  /// By the code of the rule.
  package var rules: [String: RuleLevel] = [:]
  /// Folders with programs `execplan-action-NAME`, relative to the project root.
  package var actions: [PathPattern] = []
  package var newPlans = NewPlans()
  /// Relative to the project root; nil: `.execplan`.
  package var stateDirectory: String?
  /// Headings or phrases that every markdown plan must hold.
  package var require: [Located<String>] = []

  package init() {}
}
