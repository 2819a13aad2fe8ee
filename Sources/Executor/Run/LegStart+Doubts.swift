internal import Digest
internal import FaultPoints
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// What a dead leg left: attempts in doubt, and effects that a restart of the machine may have taken.
extension LegStart {
  /// Decides about every attempt in doubt that can be decided without a person.
  ///
  /// - Returns: a refusal when a program's answer leaves a person to ask.
  mutating func settleDoubts() throws -> Refusal? {
    for attempt in opening.unlaunched { writes.append(.release(attempt: attempt.id)) }
    for (_, attempt) in opening.doubtful { dropSecrets(attempt) }
    guard goesOn else {
      for (_, attempt) in opening.doubtful { endDoubt(attempt, .cancelled, "given up with its run") }
      return nil
    }
    for (id, attempt) in opening.doubtful.sorted(by: { $0.key < $1.key }) {
      guard let doubt = opening.position.doubts[id] else { continue }
      if givesUp, planned.graph.index(of: id).map({ !planned.nodes[$0].isFinally }) ?? true {
        endDoubt(attempt, .cancelled, "given up with its run")
        opening.position.doubts[id] = nil
        continue
      }
      switch doubt {
      case .rerun(let why):
        endDoubt(attempt, .cancelled, "cut off; it runs again, because \(why)")
        opening.notes.append("\"\(id)\" was cut off and runs again: \(why)")
        if let index = planned.graph.index(of: id) {
          if DoubtPolicy.movesOutputsAside(planned.nodes[index].step) { try moveAside(index, attempt) }
          opening.position.unfinished[id] = Reason(.cutOff, why)
        }
      case .reattach(let why):
        if let refusal = takeOver(id, why) { return refusal }
      case .probe: try probe(id, attempt)
      case .done: break
      case .fail(let why):
        endDoubt(attempt, .failedFinally, why)
        opening.position.failedForGood.insert(id)
        opening.notes.append("\"\(id)\" was cut off and counts as failed: \(why)")
      case .ask(let why): endDoubt(attempt, .inDoubt, why)
      }
    }
    try verifyAfterRestart()
    return nil
  }

  /// Asks `verify` of steps that ended shortly before the machine was restarted whether their effect is still there.
  private mutating func verifyAfterRestart() throws {
    for id in opening.position.unverified.sorted() {
      guard let index = planned.graph.index(of: id), let checkpoint = opening.position.checkpoints[id] else { continue }
      switch try guards(of: index, run: checkpoint.run, attempt: checkpoint.attempt ?? 0).verify() {
      case .holds: opening.notes.append("\"\(id)\" survived the restart of the machine: its \"verify\" holds")
      case .fails(let why):
        opening.position.drop([index: Reason(.outputLost, why)], in: planned)
        opening.notes.append("\"\(id)\" runs again: its \"verify\" does not hold after the restart of the machine")
      case .notRun: break
      }
    }
    opening.position.unverified = []
  }

  /// What asks the guards of a step about an attempt that is over.
  private func guards(of index: Int, run: Int64, attempt: Int64) throws -> PreparationJob {
    let node = planned.nodes[index]
    let files = AttemptFiles(site.state, run: run, attempt: attempt)
    try files.makeFolder(in: site.world)
    // What the step saw counts for its guards, even if it is made anew now.
    let seen = opening.position.checkpoints.merging(opening.position.former) { present, _ in present }
    var scope = RunScope(
      statics: planned.statics, checkpoints: seen, state: opening.state, files: site.files, secrets: site.secrets)
    scope.regard(node, of: planned)
    let context = StepContext(
      site: site, node: node, planEnvironment: planned.plan.environment(of: node.step), scope: scope,
      identity: [("EXECPLAN_RUN_ID", String(run)), ("EXECPLAN_STEP_ID", node.id)], idempotencyKey: "",
      cancellation: Cancellation())
    return PreparationJob(
      judge: Judge(files: site.files), plan: planned.plan.path,
      question: Judge.Question(needs: [], memory: StepMemory()), context: context, stale: nil,
      unverified: nil, scratch: files.scratch)
  }

  private mutating func endDoubt(_ attempt: Attempt, _ state: Attempt.State, _ reason: String) {
    var attempt = attempt
    attempt.state = state
    attempt.endedAt = attempt.endedAt ?? now
    attempt.reason = reason
    writes.append(.endAttempt(attempt))
    // A new run counts its own attempts.
    guard goesOn else { return }
    opening.attempts[attempt.step]?.removeAll { $0.id == attempt.id }
    opening.attempts[attempt.step, default: []].append(attempt)
  }

  /// Asks `unless` or `verify` what became of the attempt.
  private mutating func probe(_ id: String, _ attempt: Attempt) throws {
    guard let index = planned.graph.index(of: id) else { return }
    let node = planned.nodes[index]
    let job = try guards(of: index, run: attempt.run, attempt: attempt.id)
    if case .uses(let uses) = node.step.action, node.step.onInterrupt != .verify, node.step.unless == nil {
      return try settle(index, attempt, job, ExternalDoubt.ask(uses, job.context))
    }
    let asksVerify = node.step.onInterrupt == .verify || node.step.unless == nil
    let name = asksVerify ? "verify" : "unless"
    switch asksVerify ? job.verify() : job.unless() {
    case .holds: try attest(index, attempt, job, by: "\"\(name)\" says that it is done", values: [])
    case .fails, .notRun: runAgain(id, attempt, "\"\(name)\" says that it is not done")
    }
  }

  private mutating func settle(
    _ index: Int, _ attempt: Attempt, _ job: PreparationJob, _ answer: ExternalDoubt
  ) throws {
    let id = planned.nodes[index].id
    switch answer {
    case .rerun(let why): runAgain(id, attempt, why)
    case .done(let why, let values): try attest(index, attempt, job, by: why, values: values)
    case .ask(let why):
      endDoubt(attempt, .inDoubt, why)
      opening.position.doubts[id] = .ask(why)
    }
  }

  private mutating func runAgain(_ id: String, _ attempt: Attempt, _ why: String) {
    endDoubt(attempt, .cancelled, "cut off; \(why), so it runs again")
    opening.notes.append("\"\(id)\" was cut off and runs again: \(LegStart.owned(why))")
    opening.position.unfinished[id] = Reason(.cutOff, why)
  }

  /// What the step's own program says, in a sentence about the step.
  private static func owned(_ text: String) -> String { text.hasPrefix("its ") ? text : "its \(text)" }

  /// What a program says is done counts as a success of the attempt.
  ///
  /// - Parameter values: what it says that the step has published, beside what the attempt left.
  private mutating func attest(
    _ index: Int, _ attempt: Attempt, _ job: PreparationJob, by said: String, values given: [Value.Entry]
  ) throws {
    let node = planned.nodes[index]
    let id = node.id
    let names = Set(given.map(\.key))
    let values = published(by: attempt).filter { !names.contains($0.key) } + given
    let files = AttemptFiles(site.state, run: attempt.run, attempt: attempt.id)
    let pending: [Value.Entry]
    do {
      pending = try AttemptFinish(context: job.context, files: files, duration: 0).pendingState(values: values)
      if let problem = site.secrets.problem(with: values, in: "\"\(id)\"") { throw EvaluationError(problem) }
    } catch let error as EvaluationError {
      // It is done, and what it had to say is lost: a person may know it.
      let why = "\(said), but its \"state\" can't be made: \(error.message)"
      endDoubt(attempt, .inDoubt, why)
      opening.position.doubts[id] = .ask(why)
      return
    }
    endDoubt(attempt, .succeeded, "cut off; \(said)")
    let outputs = try FileDigests.of(node.step.recordedOutputs, site.files)
    let inputs = try FileDigests.of(node.step.recordedInputs, site.files)
    if node.step.syncOutputs { try site.sync(outputs) }
    let checkpoint = Checkpoint(
      step: id, run: attempt.run, attempt: attempt.id, outcome: .attested, fingerprint: attempt.fingerprint,
      values: values, pendingState: pending,
      result: ResultDigest.ofRun(node, values: values, outputs: outputs, run: attempt.run, attempt: attempt.id),
      needResults: needResults(of: index),
      // Inputs that have changed since were not what the attempt read.
      inputFiles: FileDigests.digest(inputs) == attempt.fingerprint.inputs ? inputs : [],
      outputFiles: outputs, reason: said, endedAt: now,
      bootID: site.world.machine.bootID, generation: attempt.generation)
    writes.append(.checkpoint(checkpoint))
    opening.position.checkpoints[id] = checkpoint
    opening.notes.append("\"\(id)\" was cut off, and \(LegStart.owned(said))")
  }

  /// The values that an attempt left; none if it was cut off while it wrote them.
  private func published(by attempt: Attempt) -> [Value.Entry] {
    let files = AttemptFiles(site.state, run: attempt.run, attempt: attempt.id)
    let bytes = (try? site.world.readPrivateFile(files.output, limit: PublishedValues.limit)) ?? nil
    let values = bytes.flatMap { try? PublishedValues.parse($0) } ?? []
    return site.secrets.problem(with: values, in: "") == nil ? values : []
  }

  private func needResults(of index: Int) -> [String: SHA256Digest] {
    var results: [String: SHA256Digest] = [:]
    for node in planned.comparedNeeds(of: index) {
      let id = planned.nodes[node].id
      results[id] = opening.position.checkpoints[id]?.result
    }
    return results
  }

  /// Removes what a cut-off attempt published if it holds a secret: nothing will ever take it.
  private func dropSecrets(_ attempt: Attempt) {
    let files = AttemptFiles(site.state, run: attempt.run, attempt: attempt.id)
    for path in [files.output, files.state] {
      guard let bytes = try? site.world.readPrivateFile(path, limit: PublishedValues.limit),
        site.secrets.nameOfSecret(in: bytes) != nil
      else { continue }
      site.world.removePrivateFile(path)
    }
  }

  /// Moves what a cut-off attempt left of its outputs out of the way.
  private mutating func moveAside(_ index: Int, _ attempt: Attempt) throws {
    let node = planned.nodes[index]
    let folder = "\(site.state.partial)/\(attempt.id)"
    var moved = 0
    for path in try site.files.matches(node.step.outputs) where isInside(path) {
      try site.world.makePrivateFolder(folder)
      let target = "\(folder)/\(path.replacing("/", with: "%2F"))"
      if site.world.moveAside(site.absolute(path), to: target) { moved += 1 }
    }
    faultPoint(.outputsMovedAside)
    if moved > 0 { opening.notes.append("what \"\(node.id)\" had written is in \"\(folder)\"") }
  }

  /// What lies outside the project, or is reached through a link that leads there, is never moved.
  private func isInside(_ path: String) -> Bool {
    guard !path.hasPrefix("/"), path != "..", !path.hasPrefix("../") else { return false }
    guard let root = RealPath.of(site.root), let folder = RealPath.of(PathName.parent(site.absolute(path)))
    else { return true }
    return FileWriter.isInside(folder, root)
  }
}
