internal import Subprocess

/// Kills execplan at one moment of each of some steps.
///
/// All of them are killed in one run first, each once: a plan that is safe is done with that, however many steps it has.
/// Where something differs, halves are tried, until it is known which step it is.
struct Campaign {
  /// What came of it.
  struct Result {
    var verdicts: [String: CrashReport.Verdict] = [:]
    var defects: [Defect] = []
    var notes: [CrashReport.Note] = []
    var kills = 0
    var runs = 0

    mutating func add(_ other: Result) {
      verdicts.merge(other.verdicts) { max($0, $1) }
      defects += other.defects
      notes += other.notes
      kills += other.kills
      runs += other.runs
    }
  }

  let setting: TrialSetting
  let baseline: Baseline
  let copies: ProjectCopies
  let point: KillPoint
  let cancellation: Wakeup

  private var judge: Judge { Judge(setting: setting, baseline: baseline) }

  func run(_ steps: [String]) throws -> Result {
    guard !steps.isEmpty else { return Result() }
    let copy = try copies.make { [cancellation] in cancellation.wait(until: BootClock.now()) }
    defer { copies.discard(copy, keeps: setting.keeps) }
    let trial = Trial(setting: setting, baseline: baseline, point: point, steps: steps, cancellation: cancellation)
    let outcome = try trial.run(in: copy)
    var result = Result(kills: outcome.kills.count, runs: 1)
    let asked = Set(outcome.asked)
    for kill in outcome.kills {
      result.defects += judge.seen(kill, point.moment, asks: asked.contains(kill.step))
      if asked.contains(kill.step) { result.verdicts[kill.step] = .asks }
    }
    switch outcome.end {
    case .done(let differences) where differences.isEmpty:
      for kill in outcome.kills where !asked.contains(kill.step) { result.verdicts[kill.step] = .same }
      noteTemporaryFiles(outcome, &result)
    case .done(let differences) where !asked.isEmpty:
      result.defects += leftBehind(differences, outcome, copy)
      // What else differs may come of the answers that were given.
      result.add(try run(steps.filter { !asked.contains($0) }))
    case .done(let differences):
      if steps.count > 1 {
        result.add(try halves(steps) { result in blame(differences, outcome, copy, &result) })
      } else {
        result.verdicts[steps[0]] = .differs
        result.defects += judge.killed(steps[0], point.moment, differences, outcome.kills.first, in: copy)
      }
    case .fails where !asked.isEmpty: result.add(try run(steps.filter { !asked.contains($0) }))
    case .fails(let what): return try fails(steps, what, result)
    }
    return result
  }

  private func fails(_ steps: [String], _ what: String, _ result: Result) throws -> Result {
    var result = result
    if steps.count > 1 {
      result.add(
        try halves(steps) { result in
          result.notes.append(
            .init(
              step: nil,
              text: "killed at \(steps.joined(separator: ", ")) in one run, \(what); killed at one of them, it does not"
            ))
        })
    } else {
      result.verdicts[steps[0]] = .fails
      result.defects.append(.fails(steps[0], point.moment, what))
    }
    return result
  }

  /// - Parameter otherwise: what is said when no half shows anything: it was a matter of microseconds.
  private func halves(_ steps: [String], otherwise: (inout Result) -> Void) throws -> Result {
    let middle = steps.count / 2
    var result = try run(Array(steps[..<middle]))
    result.add(try run(Array(steps[middle...])))
    if !result.verdicts.values.contains(where: { $0 == .differs || $0 == .fails }) { otherwise(&result) }
    return result
  }

  /// Lays differences to the steps that make these paths.
  private func blame(
    _ differences: [TreeDifference], _ outcome: Trial.Outcome, _ copy: ProjectCopies.Copy, _ result: inout Result
  ) {
    for difference in differences {
      let path = difference.path
      let maker = baseline.maker(of: path, in: baseline.first)
      // What is there only since a kill is of the step that was at work then.
      let kill =
        (difference.kind == .extra ? outcome.kill(thatLeft: path) : nil)
        ?? outcome.kills.first { $0.step == maker }
      result.defects += judge.killed(kill?.step ?? "", point.moment, [difference], kill, in: copy)
      if let step = kill?.step { result.verdicts[step] = .differs }
    }
  }

  /// What cut-off attempts leave when a person lets their steps run again: only that is looked for, for the rest is what
  /// the person decided.
  private func leftBehind(
    _ differences: [TreeDifference], _ outcome: Trial.Outcome, _ copy: ProjectCopies.Copy
  ) -> [Defect] {
    differences.flatMap { difference -> [Defect] in
      guard difference.kind == .extra, let kill = outcome.kill(thatLeft: difference.path) else { return [] }
      return judge.killed(kill.step, point.moment, [difference], kill, in: copy)
    }
  }

  private func noteTemporaryFiles(_ outcome: Trial.Outcome, _ result: inout Result) {
    let more = outcome.temporaryFiles - baseline.first.temporaryFiles
    guard more > 0, outcome.kills.count == 1 || point.moment == .during else { return }
    result.notes.append(
      .init(
        step: outcome.kills.count == 1 ? outcome.kills[0].step : nil,
        text: "a kill leaves \(more == 1 ? "a file" : "\(more) files") in TMPDIR, which the system cleans"))
  }
}
