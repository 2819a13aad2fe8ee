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
  package var title: String?
  package var description: String?
  package var phase: Located<String>?
  package var owner: String?
  package var estimate: Estimate?
  package var labels: [String] = []
  package var needs: [Located<String>] = []
  package var when: Expression?
  /// Relative to the project root; nil: the root itself.
  package var cwd: Template?
  package var env: [Variable] = []
  /// The shell for `run` texts of this step, defaults applied.
  package var shell: Interpreter = .default
  package var timeout: Duration?
  package var retry: RetryPolicy = .never
  package var pool: Located<String>?
  package var priority: Int = 0
  package var creates: [PathPattern] = []
  /// Shell text; exit 0 means there is nothing to do.
  package var unless: ShellScript?
  package var inputs: [PathPattern] = []
  package var outputs: [PathPattern] = []
  package var once: Bool = false
  package var always: Bool = false
  package var idempotent: Bool?
  package var onInterrupt: OnInterrupt?
  package var expect: Expectation = Expectation()
  package var verify: [Check] = []
  package var undo: Action?
  package var undoes: [Located<String>] = []
  package var allowFailure: Bool = false
  package var state: [StateWrite] = []
  /// Declared outputs are synced to disk before the step's end is recorded.
  package var syncOutputs: Bool = false

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
