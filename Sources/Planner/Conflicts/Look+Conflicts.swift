internal import Digest
internal import PlanModel
internal import SourceText

/// A step that would make what is there already, and is not the plan's.
private struct Clash {
  var kind: Reason.Kind
  /// What is in the way, for people.
  var text: String
  /// Nil: nothing can be done about it but by hand.
  var paths: [String]?
  /// Why what is there can't be kept.
  var loss: String?
}

extension Look {
  /// The judgement about a step that may be in conflict: left as it is, settled, or the conflict itself.
  mutating func heedingConflicts(_ judgement: Judgement) throws(FileProbeError) -> Judgement {
    switch judgement.decision.decision {
    case .run, .wait: break
    case .skip where question.conflicts.isGreenfield: break
    case .skip, .blocked, .inDoubt, .unknown, .conflict: return judgement
    }
    if step.takesBack != nil { return judgement }
    if let adopted = try adoptedBefore(judgement) { return adopted }
    guard let found = try clash(judgement) else { return judgement }
    let clash = withLoss(found)
    guard let paths = clash.paths,
      let (choice, source) = question.conflicts.choice(
        for: step, clash.text, definition: node.digest, isForced: question.isForced)
    else {
      return inConflict(clash)
    }
    let settlement = SettledConflict(
      step: node.id, choice: choice, source: source, detail: clash.text, definition: node.digest)
    switch choice {
    case .overwrite:
      // What is there as desired is not written again.
      if judgement.decision.decision == .skip { return judgement }
      var judgement = judgement
      judgement.decision.reasons.insert(Reason(.overwrites, clash.text), at: 0)
      judgement.decision.settlement = settlement
      return judgement
    case .adopt:
      if let missing = try missingOutput() {
        return inConflict(clash, "; it can't be adopted: \"\(missing)\" is not there")
      }
      if let denied = deniedByVerify() {
        guard denied.decision.decision == .run else { return denied }
        let why = denied.decision.reasons.first?.detail ?? "verify does not hold"
        return inConflict(clash, "; it can't be adopted: \(why)")
      }
      var decision = StepDecision(.skip, .adopted, paths.map(quoted).joined(separator: ", "))
      decision.settlement = settlement
      return try adopted(decision)
    case .stop: return inConflict(clash)
    }
  }

  private func inConflict(_ clash: Clash, _ more: String = "") -> Judgement {
    var decision = StepDecision(.conflict, clash.kind, clash.text + more)
    decision.loss = clash.loss
    return decided(decision)
  }

  /// Says of a file that would be replaced whether its content can't be kept.
  private func withLoss(_ clash: Clash) -> Clash {
    guard step.action.targetPath != nil, let path = clash.paths?.first,
      let loss = question.conflicts.loss(path, step)
    else { return clash }
    var clash = clash
    clash.loss = loss
    clash.text += "; it can't be kept: \(loss)"
    return clash
  }

  private mutating func adopted(_ decision: StepDecision) throws(FileProbeError) -> Judgement {
    result.inputFiles = try digests(of: step.recordedInputs)
    result.fingerprint.inputs = FileDigests.digest(result.inputFiles)
    result.fingerprint.upstream = upstreamDigest()
    let outputs = try digests(of: step.recordedOutputs)
    return settled(
      .adopted, decision, outputs: outputs,
      result: ResultDigest.ofRun(node, values: [], outputs: outputs, run: 0, attempt: nil))
  }

  /// What an earlier run took as it was is left as it is while neither the step nor the file has changed.
  private mutating func adoptedBefore(_ judgement: Judgement) throws(FileProbeError) -> Judgement? {
    guard let last = memory.lastSuccess, last.outcome == .adopted, judgement.decision.decision != .skip,
      !question.isForced, !question.isFresh, last.fingerprint.definition == node.digest
    else { return nil }
    let now = try digests(of: step.recordedOutputs)
    guard FileDigests.firstDifference(from: last.outputFiles, to: now, except: question.superseded) == nil,
      !now.isEmpty
    else { return nil }
    if let denied = deniedByVerify() { return denied.decision.decision == .run ? nil : denied }
    let run = last.carriedFrom ?? last.run
    return try adopted(StepDecision(.skip, .upToDate, "since run \(run), which adopted what was there"))
  }

  // MARK: What is in the way

  private func clash(_ judgement: Judgement) throws(FileProbeError) -> Clash? {
    switch step.action {
    case .file(let file):
      switch file.content {
      case .text, .source, .link: return try clash(at: file.path.text, judgement)
      case .directory:
        guard needsAreSettled, let status = try judge.files.status(file.path.text) else { return nil }
        switch status.kind {
        case .directory, .link: return nil
        case .file, .other:
          return Clash(.inTheWay, "\(quoted(file.path.text)) is a file, and the step makes a folder of that name")
        }
      case .absent, .unchanged: return nil
      }
    case .fetch(let fetch): return try clash(at: fetch.path.text, judgement)
    case .edit, .check, .wait, .approve: return nil
    case .run, .exec, .sql, .http, .manual, .agent, .uses: return try clashOfOutputs(judgement)
    }
  }

  /// Of an action that makes one file itself.
  private func clash(at path: String, _ judgement: Judgement) throws(FileProbeError) -> Clash? {
    // An earlier step makes it anew.
    if question.rewritten?.path == path { return nil }
    guard let status = try judge.files.status(path) else { return try clashAbove(path) }
    if status.kind == .directory {
      return needsAreSettled ? Clash(.inTheWay, "\(quoted(path)) is a folder, and the step makes a file") : nil
    }
    if try isStrange(path) {
      if judgement.decision.decision == .skip {
        return memory.lastSuccess == nil ? Clash(.existsAlready, stranger([path]), [path]) : nil
      }
      return try isAsDesired(path) ? nil : Clash(.existsAlready, stranger([path]), [path])
    }
    guard let last = try changedByHand(path, judgement) else { return nil }
    return Clash(
      .changedByHand, "\(quoted(path)) is not as it was left in run \(last.run), and would be replaced", [path])
  }

  /// A folder of the path may be a file.
  private func clashAbove(_ path: String) throws(FileProbeError) -> Clash? {
    guard needsAreSettled else { return nil }
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while !parts.isEmpty {
      let above = parts.joined(separator: "/")
      if above.isEmpty { return nil }
      if let status = try judge.files.status(above) {
        switch status.kind {
        case .directory, .link: return nil
        case .file, .other:
          return Clash(.inTheWay, "\(quoted(above)) is a file, and the step needs a folder of that name")
        }
      }
      parts.removeLast()
    }
    return nil
  }

  /// Declared outputs that are there before the step ran for the first time.
  private func clashOfOutputs(_ judgement: Judgement) throws(FileProbeError) -> Clash? {
    guard judgement.decision.decision != .skip, memory.latestAttempt == nil || wasAdopted,
      memory.lastSuccess == nil || wasAdopted
    else { return nil }
    let claims = question.conflicts.claims
    if claims.foreign.isEmpty, claims.made == nil, !wasAdopted { return nil }
    var found: [String] = []
    let paths = step.claimedPaths(coversPrograms: question.conflicts.coversPrograms) {
      question.rewritten?.path != $0 && !question.superseded.contains($0)
    }
    for path in paths {
      guard try isStrange(path), try judge.files.status(path) != nil else { continue }
      found.append(path)
    }
    return found.isEmpty ? nil : Clash(.existsAlready, stranger(found), found)
  }

  private func stranger(_ paths: [String]) -> String {
    let names = paths.prefix(3).map(quoted).joined(separator: ", ") + (paths.count > 3 ? ", …" : "")
    return paths.count == 1
      ? "\(names) is there, and no run of this plan made it" : "\(names) are there, and no run of this plan made them"
  }

  private func isStrange(_ path: String) throws(FileProbeError) -> Bool {
    if wasAdopted { return true }
    let isOwn = memory.lastSuccess?.outputFiles.contains { $0.path == path && $0.digest != nil } ?? false
    return try question.conflicts.claims.isForeign(
      path, isFound: step.isFound, comparesContent: step.action.targetPath != nil && !isOwn, judge.files)
  }

  private var wasAdopted: Bool { memory.lastSuccess?.outcome == .adopted }

  /// Whether nothing that the step needs can still change what is there.
  private var needsAreSettled: Bool {
    question.needs.allSatisfy { if case .done = $0.forecast { true } else { false } }
  }

  /// Whether what is there has the content that the step would give it.
  private func isAsDesired(_ path: String) throws(FileProbeError) -> Bool {
    switch step.action {
    case .file:
      guard let desired = try? DesiredFile.of(step.action, scope: scope, files: judge.files) else { return false }
      if case .content(let bytes) = desired.kind { return desired.basis == bytes }
      return desired.difference == nil
    case .fetch(let fetch):
      guard let wanted = (try? fetch.digest(in: scope)) ?? nil else { return false }
      return try judge.files.digest(path)?.hex == wanted
    case .run, .exec, .edit, .sql, .http, .wait, .check, .manual, .agent, .approve, .uses: return false
    }
  }

  /// The success after which somebody changed the file that is about to be written as a whole; nil: nobody did.
  ///
  /// An `edit` leaves the rest of the file alone, so what a person does there is in nobody's way. Who asks for the step
  /// by name means it.
  private func changedByHand(_ path: String, _ judgement: Judgement) throws(FileProbeError) -> Checkpoint? {
    guard judgement.decision.decision == .run, !question.isForced, case .file(let file) = step.action,
      let last = memory.lastSuccess,
      let written = last.outputFiles.first(where: { $0.path == path })?.digest,
      // Other steps of the plan may write it, too.
      !question.superseded.contains(path), let present = try judge.files.digest(path), present != written
    else { return nil }
    switch file.content {
    case .text, .source: return try isAsDesired(path) ? nil : last
    case .directory, .link, .absent, .unchanged: return nil
    }
  }

  /// A path that the step says to make and that is not there.
  private func missingOutput() throws(FileProbeError) -> String? {
    for pattern in step.recordedOutputs where !pattern.isNegated {
      if try judge.files.matches([pattern]).isEmpty { return pattern.text }
    }
    return nil
  }
}

extension Clash {
  init(_ kind: Reason.Kind, _ text: String, _ paths: [String]? = nil) {
    self.init(kind: kind, text: text, paths: paths, loss: nil)
  }
}
