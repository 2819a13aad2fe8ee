package import SourceText

/// A node of the plan: an id, what it needs, and exactly one action.
package struct Step: Hashable, Sendable {
  package struct Variable: Hashable, Sendable {
    package var name: Located<String>
    package var value: Template

    package init(name: Located<String>, value: Template) {
      self.name = name
      self.value = value
    }
  }

  /// `state: {K: EXPR}`: becomes the plan's state when the run succeeds.
  package struct StateWrite: Hashable, Sendable {
    package var name: Located<String>
    package var value: Template

    package init(name: Located<String>, value: Template) {
      self.name = name
      self.value = value
    }
  }

  package var id: Located<String>
  package var action: Action
  /// The key and value of the action, for diagnostics.
  package var actionRange: SourceRange
  package var phase: Located<String>?
  package var needs: [Located<String>] = []
  package var when: Expression?
  /// The shell for `run` texts of this step, defaults applied.
  package var shell: Interpreter = .default
  package var timeout: Duration?
  package var inputs: [PathPattern] = []
  package var outputs: [PathPattern] = []
  var box = StepDetails.Box.empty

  /// What most steps leave as it is. Set it once rather than field by field: each change makes a copy.
  package var details: StepDetails {
    get { box.details }
    set { box = StepDetails.Box(newValue) }
  }

  /// Whether the details were ever set.
  var hasDetails: Bool { box !== StepDetails.Box.empty }

  /// Takes over the details of another step without a copy.
  package mutating func shareDetails(with other: Step) { box = other.box }

  package init(id: Located<String>, action: Action, actionRange: SourceRange = .fileStart) {
    self.id = id
    self.action = action
    self.actionRange = actionRange
  }

  package var idempotence: IdempotenceClass {
    switch action {
    case .manual: return .waits
    case .file, .edit, .check: return .convergent
    case .sql(let sql) where sql.exactlyOnce: return .transactional
    case .run, .exec, .sql:
      if !creates.isEmpty || unless != nil || (!inputs.isEmpty && !outputs.isEmpty) { return .guarded }
      return idempotent == true ? .declared : .none
    }
  }
}
