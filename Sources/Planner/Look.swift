internal import Digest
internal import PlanModel
internal import SourceText

/// One look at one step; the order of the questions is the order of their precedence.
struct Look {
  let judge: Judge
  let node: PlannedNode
  let question: Judge.Question
  let scope: RunScope
  var result: Judgement

  var step: Step { node.step }
  var memory: StepMemory { question.memory }

  init(judge: Judge, node: PlannedNode, question: Judge.Question, scope: RunScope) {
    self.judge = judge
    self.node = node
    self.question = question
    self.scope = scope
    result = Judgement(StepDecision(.run, []), definition: node.digest)
  }

  mutating func judgement() -> Judgement {
    if let held = heldByNeeds() { return decided(held) }
    // It was decided when the rollback began; a value that is missing is no reason to leave it out.
    if step.takesBack != nil { return run(.rollback) }
    do throws(EvaluationError) {
      if let when = step.when, !(try when.evaluateCondition(in: scope)) {
        return settled(.conditionFalse, StepDecision(.skip, .conditionFalse), result: ResultDigest.skipped)
      }
      if let missing = try missingValue() {
        return settled(.noValue, StepDecision(.skip, .noValue, missing), result: ResultDigest.skipped)
      }
    } catch {
      if let open = undecided(error) { return decided(open) }
      return decided(StepDecision(.blocked, .error, "when: \(error.message)"))
    }
    do throws(FileProbeError) {
      return try heedingConflicts(byClass())
    } catch {
      return decided(StepDecision(.blocked, .error, error.description))
    }
  }

  /// What is to be said of a question whose answer is not to be had yet; nil for a mistake.
  func undecided(_ error: EvaluationError) -> StepDecision? { Look.undecided(error) }

  static func undecided(_ error: EvaluationError) -> StepDecision? {
    switch error.kind {
    case .unknown(let step): StepDecision(.unknown, .unknownUntil, "\"\(step)\"")
    case .withheld(let name): StepDecision(.unknown, .probeNotRun, "secrets.\(name)")
    case .failed, .absent: nil
    }
  }

  // MARK: Needs, condition, values

  private func heldByNeeds() -> StepDecision? { Look.held(by: question.needs) }

  static func held(by needs: [(id: String, forecast: NeedForecast)]) -> StepDecision? {
    let held = needs.filter {
      switch $0.forecast {
      case .held, .absent: true
      case .done, .willRun, .unknown: false
      }
    }
    if held.isEmpty { return nil }
    return StepDecision(.blocked, .blockedBy, held.map { "\"\($0.id)\"" }.joined(separator: ", "))
  }

  /// A value that the step reads from one that was skipped; nil when it has all that it must have.
  private func missingValue() throws(EvaluationError) -> String? {
    Look.missingValue(among: step.requiredValueReads, in: scope)
  }

  static func missingValue(among reads: [Located<Reference>], in scope: RunScope) -> String? {
    for reference in reads {
      guard case .stepValue(let id, let key) = reference.value, let checkpoint = scope.checkpoints[id] else { continue }
      switch checkpoint.outcome {
      case .conditionFalse, .noValue, .skippedByUser, .guardHolds, .allowedFailure, .adopted:
        if !checkpoint.values.contains(where: { $0.key == key }) { return "\"\(key)\" from \"\(id)\"" }
      case .succeeded, .upToDate, .attested: break
      }
    }
    return nil
  }

  // MARK: By what the step says of itself

  private mutating func byClass() throws(FileProbeError) -> Judgement {
    if !question.isForced, memory.lastSuccess != nil, let rewritten = question.rewritten, isComparable {
      return run(.rewritten, "\"\(rewritten.path)\" after \"\(rewritten.by)\"")
    }
    switch step.action {
    case .manual: return try waiting(.person)
    case .approve: return approval()
    case .agent(let agent) where agent.program == nil: return try waiting(.agent)
    case .file, .edit: return try convergent()
    case .check: return try check()
    case .fetch(let fetch) where fetch.sha256 != nil: return try fetched(fetch)
    case .wait: return run(question.isForced ? .forced : memory.lastSuccess == nil ? .firstRun : .everyRun)
    case .run, .exec, .sql, .http, .fetch, .agent, .uses: break
    }
    if question.isForced { return run(.forced) }
    if step.always { return run(.always) }
    if step.once { return once() }
    if !step.creates.isEmpty || step.unless != nil { return try guarded() }
    if hasEvidence { return try compared() }
    if case .uses(let uses) = step.action { return try external(uses) }
    return run(memory.lastSuccess == nil ? .firstRun : .everyRun)
  }

  /// Whether the step is skipped by comparing what it declares.
  private var isComparable: Bool {
    switch step.action {
    case .run, .exec, .sql, .http, .agent, .uses: !step.always && hasEvidence
    case .fetch(let fetch): fetch.sha256 == nil && !step.always && hasEvidence
    case .file, .edit, .wait, .check, .manual, .approve: false
    }
  }

  /// Whether what the step declares tells that there is nothing to do. An agent's work is too dear to repeat while its
  /// prompt and its artifacts are unchanged.
  private var hasEvidence: Bool {
    if case .agent(let agent) = step.action, agent.program != nil, !agent.acceptance.artifacts.isEmpty { return true }
    return !step.inputs.isEmpty && !step.outputs.isEmpty
  }

  private mutating func once() -> Judgement {
    guard let last = memory.lastSuccess, !question.isFresh, memory.endedWell else { return run(firstReason) }
    guard last.fingerprint.definition == node.digest else { return run(.definitionChanged) }
    return carried(last, .once)
  }

  /// Somebody else does it, and has to say that it is done.
  private mutating func waiting(_ whom: Reason.Kind) throws(FileProbeError) -> Judgement {
    if question.isForced { return waits(whom, "by request") }
    guard let last = memory.lastSuccess, !question.isFresh, memory.endedWell, !step.recordedOutputs.isEmpty,
      last.fingerprint.definition == node.digest
    else { return waits(whom, "") }
    if let reason = try differences(from: last) { return waits(whom, reason.text) }
    return carried(last, .upToDate)
  }

  /// People are asked anew in every run; what they said is in the record.
  private func approval() -> Judgement {
    switch question.approval {
    case .approved(let who):
      return settled(.attested, StepDecision(.skip, .approved, who), result: ResultDigest.skipped)
    case .rejected(let who): return decided(StepDecision(.blocked, .rejected, who))
    case .open(let what): return waits(.approval, what)
    }
  }

  private mutating func check() throws(FileProbeError) -> Judgement {
    if question.isForced { return run(.forced) }
    guard case .check(let action) = step.action else { return run(.everyRun) }
    let hasProgram = action.checks.contains(where: \.needsProgram)
    if hasProgram { return run(memory.lastSuccess == nil ? .firstRun : .everyRun) }
    // An age changes by itself.
    let hasAge = action.checks.contains {
      switch $0.kind {
      case .exists(let exists): !exists.age.isEmpty
      case .table(let table): table.hasAge
      case .file, .run, .sql, .http: false
      }
    }
    if hasAge { return run(memory.lastSuccess == nil ? .firstRun : .everyRun) }
    return try compared()
  }

  /// `creates` and `unless` decide.
  private mutating func guarded() throws(FileProbeError) -> Judgement {
    if let pending = pendingNeed(), !step.creates.isEmpty || step.unless != nil, readsFiles {
      return decided(StepDecision(.unknown, .unknownUntil, quoted(pending)))
    }
    if !step.creates.isEmpty {
      for pattern in step.creates where try judge.files.matches([pattern]).isEmpty {
        return run(.guardFails, "\"\(pattern.text)\" is not there")
      }
      guard memory.endedWell else {
        return run(.guardFails, "the last attempt did not succeed, so \"\(step.creates[0].text)\" is not believed")
      }
    }
    if step.unless != nil {
      switch question.answers.unless {
      case .notRun: return decided(StepDecision(.unknown, .probeNotRun, "unless"))
      case .fails(let detail): return run(.guardFails, detail)
      case .holds: break
      }
    }
    if let judgement = deniedByVerify() { return judgement }
    let what = step.creates.isEmpty ? "unless" : "creates \"\(step.creates[0].text)\""
    let outputs = try digests(of: step.recordedOutputs)
    let last = memory.lastSuccess.flatMap { $0.fingerprint.definition == node.digest ? $0 : nil }
    result.inputFiles = try digests(of: step.recordedInputs)
    result.fingerprint.inputs = FileDigests.digest(result.inputFiles)
    let digest =
      outputs.isEmpty && last != nil
      ? last!.result
      : ResultDigest.ofRun(node, values: last?.values ?? [], outputs: outputs, run: 0, attempt: nil)
    return settled(
      .guardHolds, StepDecision(.skip, .guardHolds, what), values: last?.values ?? [], outputs: outputs, result: digest)
  }

  /// What `verify` makes of a step that looks done; nil when it holds, or there is none.
  func deniedByVerify() -> Judgement? {
    guard !step.verify.isEmpty else { return nil }
    switch question.answers.verify {
    case .holds: return nil
    case .fails(let detail): return run(.guardFails, "verify: \(detail)")
    case .notRun:
      // It looks at what a need may still change.
      if let pending = pendingNeed() ?? pendingValue {
        return decided(StepDecision(.unknown, .unknownUntil, quoted(pending)))
      }
      return decided(StepDecision(.unknown, .probeNotRun, "verify"))
    }
  }

  /// A step whose value is read and that has not run yet.
  private var pendingValue: String? {
    step.allReferences.lazy.compactMap(\.value.step).first { scope.pending.contains($0) }
  }

  /// Whether a guard looks at files that a need may still change.
  private var readsFiles: Bool { step.unless != nil || !step.creates.isEmpty }

  // MARK: Comparing with the last success

  private mutating func compared() throws(FileProbeError) -> Judgement {
    guard !question.isFresh, let last = memory.lastSuccess else { return run(firstReason) }
    guard memory.endedWell else { return run(.failedBefore, "the last attempt did not succeed") }
    if let reason = try definiteDifference(from: last) { return run(reason.kind, reason.detail) }
    if let need = certainlyChangedNeed() { return run(.upstreamRan, quoted(need)) }
    if let pending = pendingNeed() { return decided(StepDecision(.unknown, .unknownUntil, quoted(pending))) }
    if let reason = try differences(from: last) { return run(reason.kind, reason.detail) }
    return carried(last, .upToDate)
  }

  /// What differs no matter what the needs do.
  private func definiteDifference(from last: Checkpoint) throws(FileProbeError) -> Reason? {
    if last.fingerprint.definition != node.digest { return Reason(.definitionChanged) }
    return try outputDifference(from: last)
  }

  private func outputDifference(from last: Checkpoint) throws(FileProbeError) -> Reason? {
    // A later writer excuses another content, but not that nothing is there.
    for pattern in step.recordedOutputs where !pattern.isNegated {
      if pattern.isLiteral, try judge.files.status(pattern.text) == nil,
        last.outputFiles.contains(where: { $0.path == pattern.text && $0.digest != nil })
      {
        return Reason(.outputMissing, quoted(pattern.text))
      }
    }
    let now = try digests(of: step.recordedOutputs)
    return FileDigests.firstDifference(from: last.outputFiles, to: now, except: question.superseded).map { change in
      Reason(change.isMissing ? .outputMissing : .outputAltered, quoted(change.path))
    }
  }

  /// Everything that is compared when all needs are done.
  private mutating func differences(from last: Checkpoint) throws(FileProbeError) -> Reason? {
    if let reason = try definiteDifference(from: last) { return reason }
    let upstream = upstreamDigest()
    result.fingerprint.upstream = upstream
    if last.fingerprint.upstream != upstream { return Reason(.valueChanged) }
    let now = try digests(of: step.recordedInputs)
    result.inputFiles = now
    result.fingerprint.inputs = FileDigests.digest(now)
    if let change = FileDigests.firstDifference(from: last.inputFiles, to: now, except: question.superseded) {
      return Reason(.inputChanged, quoted(change.path))
    }
    for (id, forecast) in question.needs {
      guard case .done(let checkpoint) = forecast else { continue }
      guard let seen = last.needResults[id] else { return Reason(.upstreamRan, "\"\(id)\" is a new need") }
      if seen != checkpoint.result { return Reason(.upstreamRan, "\"\(id)\" has another result") }
    }
    return nil
  }

  /// V: the values of other steps that the step reads.
  func upstreamDigest() -> SHA256Digest {
    UpstreamValues.digest(of: step, in: scope)
  }

  private func pendingNeed() -> String? {
    question.needs.first {
      switch $0.forecast {
      case .willRun, .unknown: true
      case .done, .held, .absent: false
      }
    }?.id
  }

  private func certainlyChangedNeed() -> String? {
    question.needs.first { if case .willRun(mayEqual: false) = $0.forecast { true } else { false } }?.id
  }

  func digests(of patterns: [PathPattern]) throws(FileProbeError) -> [FileDigest] {
    try FileDigests.of(patterns, judge.files)
  }

  // MARK: Answers

  private var firstReason: Reason.Kind { memory.lastSuccess == nil ? .firstRun : .everyRun }

  func decided(_ decision: StepDecision) -> Judgement {
    var answer = result
    answer.decision = decision
    return answer
  }

  func run(_ kind: Reason.Kind, _ detail: String = "") -> Judgement {
    decided(StepDecision(.run, kind, detail))
  }

  private func waits(_ whom: Reason.Kind, _ detail: String) -> Judgement {
    decided(StepDecision(.wait, whom, detail))
  }

  func settled(
    _ outcome: Checkpoint.Outcome, _ decision: StepDecision, values: [Value.Entry] = [], outputs: [FileDigest] = [],
    result digest: SHA256Digest, carriedFrom: Int64? = nil, generation: Int = 0
  ) -> Judgement {
    var answer = decided(decision)
    answer.settlement = Judgement.Settlement(
      outcome: outcome, values: values, outputFiles: outputs, result: digest, carriedFrom: carriedFrom,
      generation: generation)
    answer.fingerprint.outputs = FileDigests.digest(outputs)
    return answer
  }

  /// The last success counts for this run too, with its values and result.
  private func carried(_ last: Checkpoint, _ kind: Reason.Kind) -> Judgement {
    var answer = settled(
      .upToDate, StepDecision(.skip, kind, kind == .upToDate ? "since run \(last.carriedFrom ?? last.run)" : ""),
      values: last.values, outputs: last.outputFiles, result: last.result, carriedFrom: last.carriedFrom ?? last.run,
      generation: last.generation)
    answer.fingerprint = last.fingerprint
    answer.inputFiles = last.inputFiles
    return answer
  }

  func quoted(_ text: String) -> String { "\"\(text)\"" }
}
