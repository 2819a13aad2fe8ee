internal import PlanModel
internal import SourceText

extension Look {
  /// `file` and `edit`: what is there is compared with what should be.
  mutating func convergent() throws(FileProbeError) -> Judgement {
    if question.isForced { return run(.forced) }
    if let pending = question.needs.first(where: { need in
      switch need.forecast {
      case .willRun, .unknown: step.action.readsFiles
      case .done, .held, .absent: false
      }
    }) {
      return decided(StepDecision(.unknown, .unknownUntil, quoted(pending.id)))
    }
    let desired: DesiredFile
    do {
      desired = try DesiredFile.of(step.action, scope: scope, files: judge.files)
    } catch let error as EvaluationError {
      if let open = undecided(error) { return decided(open) }
      return decided(StepDecision(.blocked, .error, error.message))
    } catch {
      return run(.differs, "\(error)")
    }
    if let difference = desired.difference {
      if let change = try changedByHand(desired) { return decided(StepDecision(.blocked, .changedByHand, change)) }
      return run(.differs, difference)
    }
    // What `verify` denies is not done, whatever the file looks like.
    if let judgement = deniedByVerify() { return judgement }
    result.inputFiles = try digests(of: step.recordedInputs)
    result.fingerprint.inputs = FileDigests.digest(result.inputFiles)
    result.fingerprint.upstream = upstreamDigest()
    let outputs = try digests(of: step.recordedOutputs)
    return settled(
      .guardHolds, StepDecision(.skip, .asDesired), outputs: outputs,
      result: ResultDigest.ofRun(node, values: [], outputs: outputs, run: 0, attempt: nil))
  }

  /// What somebody did to a file since the step made it, if the whole of it is about to be written; nil: nothing.
  ///
  /// An `edit` leaves the rest of the file alone, so what a person does there is in nobody's way.
  private func changedByHand(_ desired: DesiredFile) throws(FileProbeError) -> String? {
    guard !question.replacesChanges, case .file = step.action, case .content = desired.kind, desired.basis != nil,
      let last = question.memory.lastSuccess,
      let written = last.outputFiles.first(where: { $0.path == desired.path })?.digest,
      // Other steps of the plan may write it, too.
      !question.superseded.contains(desired.path), question.rewritten?.path != desired.path,
      let present = try judge.files.digest(desired.path), present != written
    else { return nil }
    return "\"\(desired.path)\" is not as it was left in run \(last.run), and would be replaced"
  }
}

extension Action {
  /// Whether it says how one file is to be (`DesiredFile.of`).
  var describesFile: Bool {
    switch self {
    case .file, .edit: true
    default: false
    }
  }

  /// Whether a `file` or `edit` looks at files that a need may still change; values of steps that have not run are
  /// noticed when they are read.
  var readsFiles: Bool {
    switch self {
    case .edit: return true
    case .file(let file):
      if case .source = file.content { return true }
      return false
    default: return false
    }
  }
}
