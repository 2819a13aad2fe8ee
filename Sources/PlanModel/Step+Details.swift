package import SourceText

extension Step {
  package var description: String? {
    get { box.details.description }
    set { details.description = newValue }
  }

  package var owner: String? {
    get { box.details.owner }
    set { details.owner = newValue }
  }

  package var estimate: Estimate? {
    get { box.details.estimate }
    set { details.estimate = newValue }
  }

  package var labels: [String] {
    get { box.details.labels }
    set { details.labels = newValue }
  }

  /// Relative to the project root; nil: the root itself.
  package var cwd: Template? {
    get { box.details.cwd }
    set { details.cwd = newValue }
  }

  package var env: [Variable] {
    get { box.details.env }
    set { details.env = newValue }
  }

  /// Names of secrets that the step's programs get as environment variables.
  package var secrets: [Located<String>] {
    get { box.details.secrets }
    set { details.secrets = newValue }
  }

  package var retry: RetryPolicy {
    get { box.details.retry }
    set { details.retry = newValue }
  }

  package var pool: Located<String>? {
    get { box.details.pool }
    set { details.pool = newValue }
  }

  package var priority: Int {
    get { box.details.priority }
    set { details.priority = newValue }
  }

  package var creates: [PathPattern] {
    get { box.details.creates }
    set { details.creates = newValue }
  }

  /// Shell text; exit 0 means there is nothing to do.
  package var unless: ShellScript? {
    get { box.details.unless }
    set { details.unless = newValue }
  }

  package var once: Bool {
    get { box.details.once }
    set { details.once = newValue }
  }

  package var always: Bool {
    get { box.details.always }
    set { details.always = newValue }
  }

  package var idempotent: Bool? {
    get { box.details.idempotent }
    set { details.idempotent = newValue }
  }

  package var onInterrupt: OnInterrupt? {
    get { box.details.onInterrupt }
    set { details.onInterrupt = newValue }
  }

  package var onConflict: OnConflict? {
    get { box.details.onConflict }
    set { details.onConflict = newValue }
  }

  package var expect: Expectation {
    get { box.details.expect }
    set { details.expect = newValue }
  }

  package var verify: [Check] {
    get { box.details.verify }
    set { details.verify = newValue }
  }

  package var undo: Action? {
    get { box.details.undo }
    set { details.undo = newValue }
  }

  /// What holds of its undo.
  package var undoTerms: UndoTerms {
    get { box.details.undoTerms }
    set { details.undoTerms = newValue }
  }

  /// Of the undo of a step: the step that it takes back.
  package var takesBack: String? { box.details.takesBack }

  package var undoes: [Located<String>] {
    get { box.details.undoes }
    set { details.undoes = newValue }
  }

  package var allowFailure: Bool {
    get { box.details.allowFailure }
    set { details.allowFailure = newValue }
  }

  /// Whether the step runs after all steps that are no gates; a failure of gates only is one of the result.
  package var isGate: Bool {
    get { box.details.isGate }
    set { details.isGate = newValue }
  }

  package var state: [StateWrite] {
    get { box.details.state }
    set { details.state = newValue }
  }

  /// Declared outputs are synced to disk before the step's end is recorded.
  package var syncOutputs: Bool {
    get { box.details.syncOutputs }
    set { details.syncOutputs = newValue }
  }
}
