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

  /// What is read of nearly every step.
  struct Core: Hashable, Sendable {
    var id: Located<String>
    var action: Action
    var actionRange: SourceRange
    var title: String?
    var phase: Located<String>?
    var needs: [Located<String>] = []
    var when: Expression?
    var shell: Interpreter = .default
    var timeout: Duration?
    var inputs: [PathPattern] = []
    var outputs: [PathPattern] = []
    var box = StepDetails.Box.empty
  }

  /// Always one element: an array is one reference and is copied when it is changed, so that a loop over the steps of
  /// a large plan does not count a dozen references up and down for each of them.
  var core: [Core]

  var box: StepDetails.Box {
    get { core[0].box }
    set { core[0].box = newValue }
  }

  package var id: Located<String> {
    get { core[0].id }
    set { core[0].id = newValue }
  }

  package var action: Action {
    get { core[0].action }
    set { core[0].action = newValue }
  }

  /// The key and value of the action, for diagnostics.
  package var actionRange: SourceRange {
    get { core[0].actionRange }
    set { core[0].actionRange = newValue }
  }

  package var title: String? {
    get { core[0].title }
    set { core[0].title = newValue }
  }

  package var phase: Located<String>? {
    get { core[0].phase }
    set { core[0].phase = newValue }
  }

  package var needs: [Located<String>] {
    get { core[0].needs }
    set { core[0].needs = newValue }
  }

  package var when: Expression? {
    get { core[0].when }
    set { core[0].when = newValue }
  }

  /// The shell for `run` texts of this step, defaults applied.
  package var shell: Interpreter {
    get { core[0].shell }
    set { core[0].shell = newValue }
  }

  package var timeout: Duration? {
    get { core[0].timeout }
    set { core[0].timeout = newValue }
  }

  package var inputs: [PathPattern] {
    get { core[0].inputs }
    set { core[0].inputs = newValue }
  }

  package var outputs: [PathPattern] {
    get { core[0].outputs }
    set { core[0].outputs = newValue }
  }

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
    core = [Core(id: id, action: action, actionRange: actionRange)]
  }

  package var idempotence: IdempotenceClass {
    switch core[0].action {
    case .manual, .approve: return .waits
    case .file, .edit, .check, .wait: return .convergent
    case .fetch(let fetch) where fetch.sha256 != nil: return .convergent
    case .sql(let sql) where sql.exactlyOnce: return .transactional
    case .agent(let agent) where agent.program == nil: return .waits
    // What it must leave is compared with what it left, as outputs are.
    case .agent(let agent) where !agent.acceptance.artifacts.isEmpty: return .guarded
    case .uses(let uses) where uses.description.map { $0.idempotence != .none } ?? false:
      return uses.description?.idempotence ?? .none
    case .run, .exec, .sql, .http, .fetch, .agent, .uses:
      if !inputs.isEmpty, !outputs.isEmpty { return .guarded }
      let isRepeatable = core[0].action.isRepeatable
      guard hasDetails else { return isRepeatable ? .declared : .none }
      if !creates.isEmpty || unless != nil { return .guarded }
      return idempotent ?? isRepeatable ? .declared : .none
    }
  }
}
