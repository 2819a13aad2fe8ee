internal import Digest
package import Journal
internal import PlanGraph
package import PlanModel
package import Planner
internal import SourceText
internal import Subprocess

/// Marks a step that waits for a person or an agent as done, when its artifacts and criteria show it.
package struct StepCompletion {
  package enum Outcome: Sendable {
    case done
    case refused(Refusal)
  }

  package var planned: PlannedPlan
  package var site: ExecutionSite
  package var node: Int
  package var values: [Value.Entry]
  /// The numbers of the text criteria that hold, from 1; nil: all.
  package var met: Set<Int>?
  package var evidence: [String]
  package var note: String?
  /// Who says so, by their own word.
  package var by: String
  /// Who says so by what the system knows: the user of the process.
  package var user: String?
  package var command: CommandWords

  package init(
    planned: PlannedPlan, site: ExecutionSite, node: Int, values: [Value.Entry], met: Set<Int>?, evidence: [String],
    note: String?, by: String, command: CommandWords
  ) {
    self.planned = planned
    self.site = site
    self.node = node
    self.values = values
    self.met = met
    self.evidence = evidence
    self.note = note
    self.by = by
    self.command = command
  }

  private var id: String { planned.nodes[node].id }

  /// Steps of the plan's latest run that wait for a person or an agent.
  package static func waiting(
    _ journal: any JournalReading, planned: PlannedPlan
  ) throws(JournalError) -> [(node: Int, attempt: Attempt)] {
    guard let run = try journal.latestRun(plan: planned.plan.key), run.state.isUnfinished else { return [] }
    let done = try journal.checkpoints(run: run.id)
    var latest: [String: Attempt] = [:]
    for attempt in try journal.attempts(run: run.id) where attempt.state != .released { latest[attempt.step] = attempt }
    return planned.nodes.indices.compactMap { index in
      let id = planned.nodes[index].id
      guard done[id] == nil, let attempt = latest[id], attempt.state == .waiting else { return nil }
      return (index, attempt)
    }
  }

  package func record(arguments: [String]) throws -> Outcome {
    let journal = try site.world.openJournal(site.state)
    defer { try? journal.close() }
    guard let stateLock = try site.world.shareState(site.state, timeout: .seconds(5)) else {
      return .refused(Refusal(.locked, "the state directory is being maintained; try again"))
    }
    site.secrets.readAhead()
    let holder = LockHolder(
      pid: site.world.pid, host: site.world.machine.host, since: site.world.wallNow(),
      command: arguments.map { site.secrets.masked($0) })
    guard
      case .acquired(let lock) = try site.world.lockPlan(
        planned.plan.key, in: site.state, holder: holder, timeout: .seconds(2))
    else { return .refused(Refusal(.locked, "the plan is being applied; wait until it pauses")) }
    defer {
      lock.release()
      withExtendedLifetime(stateLock) {}
    }
    let waiting = try journal.read { reader throws(JournalError) in
      try StepCompletion.waiting(reader, planned: planned)
    }
    guard let found = waiting.first(where: { $0.node == node }), let run = try latestRun(journal) else {
      return .refused(
        Refusal(.refused, "\"\(id)\" does not wait for anybody", nextCommands: ["status \(command.plan)"]))
    }
    return try record(found.attempt, run, journal)
  }

  private func latestRun(_ journal: any JournalStore) throws -> Run? {
    try journal.read { reader throws(JournalError) in try reader.latestRun(plan: planned.plan.key) }
  }

  private func record(_ waiting: Attempt, _ run: Run, _ journal: any JournalStore) throws -> Outcome {
    let step = planned.nodes[node].step
    guard let acceptance = step.action.acceptance, step.action.waits else {
      return .refused(Refusal(.usage, "\"\(id)\" waits for nobody: execplan carries it out by itself"))
    }
    if waiting.fingerprint.definition != planned.nodes[node].digest {
      return .refused(
        Refusal(
          .refused, "\"\(id)\" has changed since it began to wait", nextCommands: [command.resume()]))
    }
    // What the person says is kept, so it must not hold a secret.
    if let problem = site.secrets.problem(with: values, in: "\"\(id)\"") { return .refused(Refusal(.refused, problem)) }
    let checkpoints = try journal.read { reader throws(JournalError) in try reader.checkpoints(run: run.id) }
    let context = context(run, checkpoints)
    do {
      if let refusal = try lack(acceptance, context, run) { return .refused(refusal) }
      return try record(waiting, run, try packed(context), checkpoints, journal)
    } catch let error as EvaluationError {
      return .refused(
        Refusal(.failure, "\"\(id)\" can't be marked as done: \(site.secrets.masked(error.message))"))
    }
  }

  /// The values of the step with the hand-offs that it makes.
  private func packed(_ context: StepContext) throws(EvaluationError) -> [Value.Entry] {
    values + (try HandoffPackage.values(of: context, own: values))
  }

  private func record(
    _ waiting: Attempt, _ run: Run, _ values: [Value.Entry], _ checkpoints: [String: Checkpoint],
    _ journal: any JournalStore
  ) throws -> Outcome {
    if let problem = site.secrets.problem(with: values, in: "\"\(id)\"") { return .refused(Refusal(.refused, problem)) }
    var attempt = waiting
    let now = site.world.wallNow()
    let outputs = try FileDigests.of(planned.nodes[node].step.recordedOutputs, site.files)
    let inputs = try FileDigests.of(planned.nodes[node].step.recordedInputs, site.files)
    let said = site.secrets.masked("done by \(by)" + (note.map { ": \($0)" } ?? ""))
    attempt.state = .succeeded
    attempt.endedAt = now
    attempt.reason = said
    attempt.fingerprint.outputs = FileDigests.digest(outputs)
    attempt.fingerprint.inputs = FileDigests.digest(inputs)
    let checkpoint = Checkpoint(
      step: id, run: run.id, attempt: attempt.id, outcome: .attested, fingerprint: attempt.fingerprint,
      values: values,
      result: ResultDigest.ofRun(
        planned.nodes[node], values: values, outputs: outputs, run: run.id, attempt: attempt.id),
      needResults: needResults(checkpoints), inputFiles: inputs, outputFiles: outputs, reason: said, endedAt: now,
      bootID: site.world.machine.bootID, generation: attempt.generation)
    let event = try event(attempt, said, outputs, now)
    try HandoffPackage.write(values, of: id, AgentFiles(site.state, run: run.id), in: site.world)
    try journal.commit([.endAttempt(attempt), .checkpoint(checkpoint), .event(run: run.id, event)])
    return .done
  }

  private func needResults(_ checkpoints: [String: Checkpoint]) -> [String: SHA256Digest] {
    Dictionary(
      planned.comparedNeeds(of: node).compactMap { need in
        let id = planned.nodes[need].id
        return checkpoints[id].map { (id, $0.result) }
      }, uniquingKeysWith: { a, _ in a })
  }

  private func context(_ run: Run, _ checkpoints: [String: Checkpoint]) -> StepContext {
    var scope = RunScope(
      statics: planned.statics, checkpoints: checkpoints, run: [.id: .string(String(run.id))], files: site.files,
      secrets: site.secrets)
    scope.regard(planned.nodes[node], of: planned)
    return StepContext(
      site: site, node: planned.nodes[node], planEnvironment: planned.plan.environment(of: planned.nodes[node].step),
      scope: scope, identity: [],
      idempotencyKey: "", cancellation: Cancellation())
  }

  // MARK: What is missing

  private func lack(_ acceptance: Acceptance, _ context: StepContext, _ run: Run) throws -> Refusal? {
    let check = AcceptanceCheck(acceptance, context)
    let missing = try check.missingArtifacts()
    if !missing.isEmpty {
      return Refusal(.waiting, "the artifacts of \"\(id)\" are not all there", details: missing)
    }
    let absent = check.missingValues(among: values)
    if !absent.isEmpty {
      let names = absent.map { "--value \($0.name.value)=\($0.kind.rawValue.uppercased())" }.joined(separator: " ")
      return Refusal(
        .usage, "\"\(id)\" asks for \(absent.map { "\"\($0.name.value)\"" }.joined(separator: ", "))",
        nextCommands: ["checkpoint \(command.plan) \(CommandWords.word(id)) \(names)"])
    }
    let files = AttemptFiles(site.state, run: run.id, attempt: 0)
    try? files.makeFolder(in: site.world)
    let unmet = try check.unmet(met: met, scratch: files.scratch, isTimed: false)
    return unmet.isEmpty ? nil : Refusal(.failure, "the criteria of \"\(id)\" do not all hold", details: unmet)
  }

  /// The criteria that a person must confirm in words, by their numbers.
  ///
  /// An expression without a value is shown as `…`.
  package static func texts(of acceptance: Acceptance, in scope: RunScope) -> [(number: Int, text: String)] {
    acceptance.texts.map { number, template in
      (number, (try? template.renderText(in: scope)) ?? template.readable)
    }
  }
}
