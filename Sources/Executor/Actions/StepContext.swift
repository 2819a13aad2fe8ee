internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Everything that carrying out one attempt needs; a value, so that it can go to another thread.
struct StepContext: Sendable {
  var site: ExecutionSite
  var node: PlannedNode
  var planEnvironment: [Step.Variable]
  var scope: RunScope
  /// The names and values of EXECPLAN_… that the attempt gets, TRACEPARENT among them.
  var identity: [(name: String, value: String)]
  var idempotencyKey: String
  var cancellation: Cancellation
  /// 0 where only guards are asked.
  var run: Int64 = 0
  /// What a step of checks compares itself with: its last success in any run.
  var lastSuccess: Checkpoint?
  /// When the first of the attempts was launched that were cut off since the step last ended by itself; milliseconds
  /// since 1970.
  var begunAt: Int64?
  /// What a step that waits has found last, for those who watch.
  var note: AttemptNote?
  /// Of the undo of a step: what is done.
  var undo: UndoWork?

  var step: Step { node.step }

  /// Writes files for an attempt of the step, and keeps what was there; an undo is not taken back.
  func fileWriter(_ attempt: Int64) -> FileWriter {
    FileWriter(
      site: site, attempt: attempt,
      origin: run > 0 && step.takesBack == nil ? FileWriter.Origin(run: run, step: node.id) : nil)
  }

  /// A string of the environment may hold at most this much (Linux: 131,072 bytes for one string).
  static let valueLimit = 96 * 1024

  /// The environment of a program of the step.
  ///
  /// - Throws: when an expression has no value, or one that a program cannot get.
  func environment() throws(EvaluationError) -> ProcessEnvironment {
    var environment = site.secrets.stepEnvironment
    for variable in planEnvironment { environment[variable.name.value] = try text(variable) }
    // An optional secret without a value is not there.
    for name in step.secrets { environment[bytes: name.value] = try site.secrets.bytes(of: name.value) }
    for variable in step.env { environment[variable.name.value] = try text(variable) }
    for (name, value) in identity { environment[name] = value }
    return environment
  }

  private func text(_ variable: Step.Variable) throws(EvaluationError) -> String {
    try checked(try variable.value.renderText(in: scope), "env \"\(variable.name.value)\"", variable.value.range)
  }

  /// The values that stand for the expressions of a script, by the names of their variables.
  func bindings(of script: ShellScript) throws(EvaluationError) -> [String: String] {
    var values: [String: String] = [:]
    for (index, expression) in script.bindings.enumerated() {
      let value = try expression.evaluateText(in: scope)
      values[ShellScript.variable(index)] = try checked(value, "an expression", expression.range)
    }
    return values
  }

  private func checked(_ text: String, _ what: String, _ range: SourceRange) throws(EvaluationError) -> String {
    if text.utf8.count > StepContext.valueLimit {
      throw EvaluationError(
        "\(what) has a value of \(text.utf8.count) bytes, and a program can get at most 98304; pass it in a file", range
      )
    }
    if text.utf8.contains(0) {
      throw EvaluationError("\(what) has a value with a NUL byte, which no program can get", range)
    }
    return text
  }

  /// The folder in which the programs of the step run.
  func directory() throws(EvaluationError) -> String {
    guard let cwd = step.cwd else { return site.root }
    return site.absolute(try cwd.renderText(in: scope))
  }

  /// Whether programs or texts of the step get the value of a secret.
  var usesSecrets: Bool {
    !step.secrets.isEmpty || planEnvironment.contains { $0.value.readsSecret }
      || step.allReferences.contains { if case .secret = $0.value { true } else { false } }
  }
}
