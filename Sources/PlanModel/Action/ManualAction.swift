/// Work that a person does; the run waits for `execplan checkpoint`.
package struct ManualAction: Hashable, Sendable {
  package var instructions: Template
  package var acceptance: Acceptance

  package init(
    instructions: Template, artifacts: [PathPattern] = [], criteria: [Acceptance.Criterion] = [],
    values: [Acceptance.Value] = []
  ) {
    self.instructions = instructions
    acceptance = Acceptance(artifacts: artifacts, criteria: criteria, values: values)
  }
}
