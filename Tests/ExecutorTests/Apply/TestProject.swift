internal import Diagnostics
internal import Foundation
internal import PlanDocument
internal import PlanGraph
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import SQLite
internal import SourceText
internal import Subprocess
internal import TestSupport
internal import Testing

@testable internal import Executor
@testable internal import Journal

/// A project in a temporary folder with one plan that is applied in this process.
struct TestProject {
  let folder: TemporaryFolder
  /// The text after `title`; steps run in the order of the graph.
  var body: String
  var environment: [String: String] = [:]
  var parameters: [String: Value] = [:]

  /// Runs the body on a fresh project and removes it.
  static func with<T>(_ plan: String, _ body: (inout TestProject) throws -> T) throws -> T {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    // The temporary folder of the system may itself be behind a link.
    var project = TestProject(folder: folder, body: plan)
    return try body(&project)
  }

  var site: ExecutionSite {
    var variables = ProcessEnvironment.inherited()
    for name in variables.names where name.hasPrefix("EXECPLAN_") || name == "BASH_ENV" { variables[name] = nil }
    for (name, value) in environment { variables[name] = value }
    return ExecutionSite(
      root: folder.path, state: StateDirectory(root: folder.path), files: TestProject.probe(folder.path),
      environment: variables)
  }

  static func probe(_ root: String) -> FileSystemProbe {
    FileSystemProbe(root: root) { bytes, path throws(FileProbeError) -> Template in
      do throws(TemplateFile.Problem) {
        return try TemplateFile.read(bytes, path: path)
      } catch {
        throw FileProbeError(path: path, message: error.message)
      }
    }
  }

  func planned(_ location: Testing.SourceLocation = #_sourceLocation) throws -> PlannedPlan {
    let text = "execplan: 1\ntitle: Test\nid: test\norder: graph\n" + body
    var collector = DiagnosticCollector()
    let source = SourceFile(path: "test.execplan.yaml", text: text)
    let document = PlanDocument.read(source, into: &collector)
    let input = ParameterInput(
      given: parameters.map { ParameterInput.Given(name: $0.key, value: $0.value, origin: "the test") })
    let result = PlanLoader.load(document, path: "test.execplan.yaml", input: input)
    collector.append(contentsOf: result.diagnostics.diagnostics)
    let plan = try #require(result.plan, sourceLocation: location)
    let checked = GraphRules.check(plan) { first, second in
      guard let a = try? Glob(first.text), let b = try? Glob(second.text) else { return false }
      return Glob.couldOverlap(a, b)
    }
    collector.append(contentsOf: checked.diagnostics)
    let errors = collector.sorted().filter { $0.severity == .error }.map { "\($0.message)" }
    #expect(errors.isEmpty, sourceLocation: location)
    return try #require(PlannedPlan(plan, checked.graph), sourceLocation: location)
  }

  /// Applies the plan; refusals and runs alike are told by what they leave.
  ///
  /// - Parameter descriptors: is asked to look at every event.
  func apply(
    _ descriptors: DescriptorCount? = nil, _ location: Testing.SourceLocation = #_sourceLocation,
    _ configure: (inout ExecutionOptions) -> Void = { _ in }
  ) throws -> Applied {
    var options = ExecutionOptions()
    options.grace = .milliseconds(300)
    options.drain = .milliseconds(100)
    configure(&options)
    let observer = RecordingObserver(descriptors)
    let session = ApplySession(
      planned: try planned(location), site: site, options: options, command: CommandWords(plan: "test"),
      arguments: ["apply", "test"])
    let applied = Applied(
      outcome: try session.run(observer: observer), events: observer.events, beginning: observer.beginning)
    if let result = applied.result { try expectAgreement(result, location) }
    return applied
  }

  /// What the summary of an apply says and what the record says afterwards is the same.
  private func expectAgreement(_ result: RunResult, _ location: Testing.SourceLocation) throws {
    let state = site.state
    let recorded = try JournalReader(state).read { reader throws(JournalError) -> [RunStates.Step] in
      guard let run = try reader.run(result.run) else { return [] }
      return try RunStates.read(run, reader, state, isLive: false)
    }
    let told = result.steps.map { "\($0.id) \($0.state.rawValue) \($0.blockedBy ?? "")" }
    let shown = recorded.map { step in
      let holder = step.state == .blocked ? step.reason?.split(separator: "\"").last.map(String.init) : nil
      return "\(step.id) \(step.state.rawValue) \(holder ?? "")"
    }
    #expect(told == shown, sourceLocation: location)
  }

  /// What the forecast says of each step before a run.
  func forecast(_ configure: (inout ExecutionOptions) -> Void = { _ in }) throws -> [String: String] {
    var options = ExecutionOptions()
    configure(&options)
    let planned = try planned()
    let site = site
    let opening = try JournalReader(site.state).read { reader throws(JournalError) in
      try Opening.read(reader, planned: planned, site: site, options: options, command: CommandWords(plan: "test"))
    }
    var wishes = ForecastOptions()
    wishes.isForced = options.force
    wishes.isFresh = options.mode == .fresh
    wishes.rerun = options.rerun
    let set = Forecast(
      planned: planned, files: site.files, position: opening.position, history: opening.history, state: opening.state,
      options: wishes
    ).changeSet()
    return Dictionary(
      set.entries.map { ($0.id, "\($0.decision.decision.rawValue) \($0.decision.reasons.first?.kind.rawValue ?? "")") },
      uniquingKeysWith: { a, _ in a })
  }

  // MARK: The record

  /// Changes the journal as a crash would have left it.
  func forge(_ statements: String...) throws {
    let connection = try Connection(path: site.state.journal, access: .readWrite)
    for statement in statements { try connection.run(statement) }
  }

  /// Makes the last attempt of a step look as if execplan had died while it ran.
  func cutOff(_ step: String) throws {
    try forge(
      "DELETE FROM checkpoints WHERE step = '\(step)'",
      """
      UPDATE attempts SET state = 'claimed', ended_at = NULL, exit_code = NULL, reason = NULL
      WHERE id = (SELECT max(id) FROM attempts WHERE step = '\(step)')
      """,
      "UPDATE runs SET state = 'running', finished_at = NULL WHERE id = (SELECT max(id) FROM runs)",
      "UPDATE legs SET ended_at = NULL, exit_code = NULL WHERE id = (SELECT max(id) FROM legs)")
  }

  /// Takes the plan's lock as another process would.
  func holdLock() throws -> PlanLock? {
    let holder = LockHolder(pid: 1, host: Machine.current.host, since: 0, command: ["apply", "test"])
    guard case .acquired(let lock) = try PlanLock.acquire(site.state, plan: "test", holder: holder) else { return nil }
    return lock
  }

  /// Makes a whole file of marks for a leg, without any mark.
  func forgeMarks(leg: Int64) throws {
    let marks = try MarksFile(site.state, leg: leg)
    try forge("UPDATE legs SET nonce = '\(marks.nonce)' WHERE id = \(leg)")
  }

  func query(_ sql: String, in database: String? = nil) throws -> [String] {
    let connection = try Connection(
      path: database.map { folder.path($0) } ?? site.state.journal, access: database == nil ? .readWrite : .create)
    return try connection.rows(sql).map { row in
      row.map { value in
        switch value {
        case .null: "null"
        case .integer(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text
        case .blob: "blob"
        }
      }.joined(separator: "|")
    }
  }

  // MARK: Files

  func read(_ name: String) -> String? { folder.read(name) }
  func write(_ name: String, _ text: String = "") throws { try folder.write(name, text) }
  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: folder.path(name)) }

  /// The lines of a file that steps write to, outside everything that execplan looks at.
  func lines(_ name: String) -> [String] {
    (folder.read(name) ?? "").split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }
}

/// What an apply left.
struct Applied {
  let outcome: ApplySession.Outcome
  let events: [Event]
  let beginning: RunBeginning?

  var result: RunResult? {
    if case .finished(let result) = outcome { return result }
    return nil
  }

  var refusal: Refusal? {
    if case .refused(let refusal) = outcome { return refusal }
    return nil
  }

  var exit: ExitCode {
    switch outcome {
    case .finished(let result): result.exitCode
    case .nothing: .success
    case .refused(let refusal): refusal.exitCode
    }
  }

  func step(_ id: String) -> RunResult.StepResult? { result?.steps.first { $0.id == id } }
  func state(_ id: String) -> StepState? { step(id)?.state }
  func reason(_ id: String) -> String { step(id)?.reason ?? "" }

  /// `a succeeded, b skipped`.
  var states: String { (result?.steps ?? []).map { "\($0.id) \($0.state.rawValue)" }.joined(separator: ", ") }
}

/// Keeps what it is told.
private final class RecordingObserver: RunObserver {
  private(set) var events: [Event] = []
  private(set) var beginning: RunBeginning?
  let wantsProgress = false
  private let descriptors: DescriptorCount?

  init(_ descriptors: DescriptorCount?) { self.descriptors = descriptors }

  func runBegan(_ beginning: RunBeginning) { self.beginning = beginning }
  func recorded(_ event: Event, sequence: Int64) {
    events.append(event)
    descriptors?.look()
  }
  func progress(_ progress: RunProgress) {}
  func stopping(signal: Int32, drain: Duration) {}
}
