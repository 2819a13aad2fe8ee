package import SourceText

/// What must be there before work that execplan does not do itself counts as done.
package struct Acceptance: Hashable, Sendable {
  /// A text that a person confirms, or a check that the machine makes.
  package enum Criterion: Hashable, Sendable {
    case text(Template)
    case check(Check)
  }

  /// A value that must be given (`--value ticket=…`, or a line in `$EXECPLAN_OUTPUT`).
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

  /// Files that must exist when the step is done.
  package var artifacts: [PathPattern]
  package var criteria: [Criterion]
  package var values: [Value]

  package init(artifacts: [PathPattern] = [], criteria: [Criterion] = [], values: [Value] = []) {
    self.artifacts = artifacts
    self.criteria = criteria
    self.values = values
  }

  /// Every expression in it.
  package var expressions: [Expression] {
    criteria.flatMap {
      switch $0 {
      case .text(let text): text.expressions
      case .check(let check): check.expressions
      }
    }
  }

  /// The criteria that only a person can confirm, by their numbers, from 1.
  package var texts: [(number: Int, text: Template)] {
    criteria.enumerated().compactMap { index, criterion in
      if case .text(let text) = criterion { (index + 1, text) } else { nil }
    }
  }
}

extension Action {
  /// What must be there when the work of somebody else is done; nil for what execplan does by itself.
  package var acceptance: Acceptance? {
    switch self {
    case .manual(let manual): manual.acceptance
    case .agent(let agent): agent.acceptance
    case .run, .exec, .file, .edit, .sql, .http, .fetch, .wait, .check, .approve, .uses: nil
    }
  }

  /// Whether the run waits until somebody says that it is done.
  package var waits: Bool {
    switch self {
    case .manual, .approve: true
    case .agent(let agent): agent.program == nil
    case .run, .exec, .file, .edit, .sql, .http, .fetch, .wait, .check, .uses: false
    }
  }

  /// Whether carrying it out means to run a program of the plan, which may outlive execplan.
  package var isProgram: Bool {
    switch self {
    case .run, .exec, .uses: true
    case .agent(let agent): agent.program != nil
    case .file, .edit, .sql, .http, .fetch, .wait, .check, .manual, .approve: false
    }
  }
}
