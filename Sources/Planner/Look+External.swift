internal import PlanModel
internal import SourceText

extension Look {
  /// An external action: one that is convergent looks whether there is something to do, any other runs.
  mutating func external(_ uses: UsesAction) throws(FileProbeError) -> Judgement {
    if let description = uses.description, description.idempotence != .convergent { return run(ranReason) }
    if let pending = step.allReferences.lazy.compactMap(\.value.step).first(where: { scope.pending.contains($0) }) {
      return decided(StepDecision(.unknown, .unknownUntil, quoted(pending)))
    }
    switch question.answers.action {
    case .notAsked: return decided(StepDecision(.unknown, .probeNotRun, uses.programName))
    case .runsAlways: return run(ranReason)
    case .needed(let reason): return run(.differs, reason ?? "")
    case .failed(let why): return decided(StepDecision(.blocked, .error, why))
    case .done(let reason, let values):
      if let judgement = deniedByVerify() { return judgement }
      result.inputFiles = try digests(of: step.recordedInputs)
      result.fingerprint.inputs = FileDigests.digest(result.inputFiles)
      result.fingerprint.upstream = upstreamDigest()
      let outputs = try digests(of: step.recordedOutputs)
      return settled(
        .guardHolds, StepDecision(.skip, .asDesired, reason ?? ""), values: values, outputs: outputs,
        result: ResultDigest.ofRun(node, values: values, outputs: outputs, run: 0, attempt: nil))
    }
  }

  private var ranReason: Reason.Kind { memory.lastSuccess == nil ? .firstRun : .everyRun }
}
