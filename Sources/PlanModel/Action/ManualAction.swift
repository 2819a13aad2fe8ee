package import SourceText

/// Work that a person does; the run waits for `execplan checkpoint`.
package struct ManualAction: Hashable, Sendable {
  /// A text that a person confirms, or a check that the machine makes.
  package enum Criterion: Hashable, Sendable {
    case text(Template)
    case check(Check)
  }

  /// A value that the person must give (`--value ticket=…`).
  package struct Value: Hashable, Sendable {
    package var name: Located<String>
    package var kind: Parameter.Kind
    package var description: String?

    package init(name: Located<String>, kind: Parameter.Kind, description: String? = nil) {
      self.name = name
      self.kind = kind
      self.description = description
    }
  }

  package var instructions: Template
  /// Files that must exist when the step is marked done.
  package var artifacts: [PathPattern]
  package var criteria: [Criterion]
  package var values: [Value]

  package init(
    instructions: Template, artifacts: [PathPattern] = [], criteria: [Criterion] = [], values: [Value] = []
  ) {
    self.instructions = instructions
    self.artifacts = artifacts
    self.criteria = criteria
    self.values = values
  }
}
