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
    if let difference = desired.difference { return run(.differs, difference) }
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
