package import SourceText

/// The fields of a step that most steps leave as they are.
///
/// They stand behind one reference, so that the steps of a large plan are small and are copied fast.
package struct StepDetails: Hashable, Sendable {
  package typealias Variable = Step.Variable
  package typealias StateWrite = Step.StateWrite

  package var description: String?
  package var owner: String?
  package var estimate: Estimate?
  package var labels: [String] = []
  /// Relative to the project root; nil: the root itself.
  package var cwd: Template?
  package var env: [Variable] = []
  /// Names of secrets that the step's programs get as environment variables.
  package var secrets: [Located<String>] = []
  package var retry: RetryPolicy = .never
  package var pool: Located<String>?
  package var priority: Int = 0
  package var creates: [PathPattern] = []
  /// Shell text; exit 0 means there is nothing to do.
  package var unless: ShellScript?
  package var once: Bool = false
  package var always: Bool = false
  package var idempotent: Bool?
  package var onInterrupt: OnInterrupt?
  /// What is done when what the step makes is there already; nil: the command line decides.
  package var onConflict: OnConflict?
  package var expect: Expectation = Expectation()
  package var verify: [Check] = []
  package var undo: Action?
  package var undoTerms: UndoTerms = []
  /// Of the undo of a step: the step that it takes back.
  package var takesBack: String?
  package var undoes: [Located<String>] = []
  package var allowFailure: Bool = false
  /// Whether the step is a gate at the end: it runs after all steps that are none, and says whether the work is good.
  package var isGate: Bool = false
  package var state: [StateWrite] = []
  /// Declared outputs are synced to disk before the step's end is recorded.
  package var syncOutputs: Bool = false
  /// Set for what `foreach` makes of a step.
  package var part: StepPart?
  /// The id of the step that calls the plan under whose `finally` the step stands.
  package var closes: String?

  package init() {}

  /// Holds details that several copies of a step share; it never changes.
  final class Box: Hashable, Sendable {
    static let empty = Box(StepDetails())

    let details: StepDetails

    init(_ details: StepDetails) { self.details = details }

    static func == (a: Box, b: Box) -> Bool { a === b || a.details == b.details }

    func hash(into hasher: inout Hasher) { hasher.combine(details) }
  }
}
