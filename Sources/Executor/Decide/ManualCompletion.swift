internal import Digest
package import Journal
internal import PlanGraph
package import PlanModel
package import Planner
internal import SourceText
internal import Subprocess

/// Marks a step that waits for a person as done, when its artifacts and criteria show it.
package struct ManualCompletion {
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
  package var by: String
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

  /// Steps of the plan's latest run that wait for a person.
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
      try ManualCompletion.waiting(reader, planned: planned)
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
    guard case .manual(let manual) = planned.nodes[node].step.action else {
      return .refused(Refusal(.usage, "\"\(id)\" is not a manual step"))
    }
    if waiting.fingerprint.definition != planned.nodes[node].digest {
      return .refused(
        Refusal(
          .refused, "\"\(id)\" has changed since it began to wait", nextCommands: [command.resume()]))
    }
    // What the person says is kept, so it must not hold a secret.
    if let problem = site.secrets.problem(with: values, in: "\"\(id)\"") { return .refused(Refusal(.refused, problem)) }
    if let refusal = try missingArtifacts(manual) ?? missingValues(manual) { return .refused(refusal) }
    let checkpoints = try journal.read { reader throws(JournalError) in try reader.checkpoints(run: run.id) }
    var attempt = waiting
    if let refusal = unmet(manual, run, checkpoints) { return .refused(refusal) }
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
    try journal.commit([
      .endAttempt(attempt), .checkpoint(checkpoint), .event(run: run.id, try event(attempt, said, outputs, now)),
    ])
    return .done
  }

  private func needResults(_ checkpoints: [String: Checkpoint]) -> [String: SHA256Digest] {
    Dictionary(
      planned.graph.needs(of: node).compactMap { edge in
        let id = planned.nodes[edge.from].id
        return checkpoints[id].map { (id, $0.result) }
      }, uniquingKeysWith: { a, _ in a })
  }

  private func event(_ attempt: Attempt, _ said: String, _ outputs: [FileDigest], _ now: Int64) throws -> Event {
    let shown = try evidence.map { path -> Value in
      let digest = try SHA256.digest(ofFile: path)
      return .map([.init("path", .string(path)), .init("sha256", .string(digest.hex))])
    }
    return Event(
      .stepFinished, step: id, attempt: attempt.number, at: now,
      payload: [
        .init("state", .string("succeeded")), .init("reason", .string(said)), .init("by", .string(by)),
        .init("evidence", .list(shown)),
        .init("artifacts", .list(outputs.map { .string($0.path) })),
      ])
  }

  // MARK: What is missing

  private func missingArtifacts(_ manual: ManualAction) throws -> Refusal? {
    var missing: [String] = []
    for pattern in manual.artifacts where !pattern.isNegated {
      if try site.files.matches([pattern]).isEmpty { missing.append("nothing matches \"\(pattern.text)\"") }
    }
    if missing.isEmpty { return nil }
    return Refusal(.waiting, "the artifacts of \"\(id)\" are not all there", details: missing)
  }

  private func missingValues(_ manual: ManualAction) -> Refusal? {
    let missing = manual.values.filter { wanted in !values.contains { $0.key == wanted.name.value } }
    guard !missing.isEmpty else { return nil }
    let names = missing.map { "--value \($0.name.value)=\($0.kind.rawValue.uppercased())" }.joined(separator: " ")
    return Refusal(
      .usage, "\"\(id)\" asks for \(missing.map { "\"\($0.name.value)\"" }.joined(separator: ", "))",
      nextCommands: ["checkpoint \(command.plan) \(CommandWords.word(id)) \(names)"])
  }

  /// The texts of criteria that a person must confirm, by their numbers.
  package static func texts(of manual: ManualAction) -> [(number: Int, text: String)] {
    manual.criteria.enumerated().compactMap { index, criterion in
      guard case .text(let template) = criterion else { return nil }
      return (
        index + 1,
        template.literal
          ?? template.segments.map { segment in
            if case .literal(let text) = segment { return text }
            return "…"
          }.joined()
      )
    }
  }

  private func unmet(_ manual: ManualAction, _ run: Run, _ checkpoints: [String: Checkpoint]) -> Refusal? {
    var details: [String] = []
    var scope = RunScope(
      statics: planned.statics, checkpoints: checkpoints, run: [.id: .string(String(run.id))], files: site.files,
      secrets: site.secrets)
    scope.regard(planned.nodes[node], of: planned)
    let context = StepContext(
      site: site, node: planned.nodes[node], planEnvironment: planned.plan.env, scope: scope, identity: [],
      idempotencyKey: "", cancellation: Cancellation())
    let files = AttemptFiles(site.state, run: run.id, attempt: 0)
    try? files.makeFolder(in: site.world)
    let evaluator = CheckEvaluator(context: context, scratch: files.scratch)
    for (index, criterion) in manual.criteria.enumerated() {
      switch criterion {
      case .text:
        if let met, !met.contains(index + 1) {
          let text = ManualCompletion.texts(of: manual).first { $0.number == index + 1 }?.text ?? ""
          details.append("\(index + 1). not confirmed: \(text)")
        }
      case .check(let check):
        if let failure = CheckEvaluator.failure(in: evaluator.evaluate([check])) {
          details.append("\(index + 1). \(failure)")
        }
      }
    }
    if details.isEmpty { return nil }
    details = details.map { site.secrets.masked($0) }
    return Refusal(.failure, "the criteria of \"\(id)\" do not all hold", details: details)
  }
}
