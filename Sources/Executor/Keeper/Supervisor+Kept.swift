internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Programs that a keeper watches, of this leg and of dead ones.
extension Supervisor {
  /// Goes on with what dead legs left under keepers: each counts from its real start, and ends like any other attempt.
  func takeOverKept() {
    for (node, kept) in takenOver.sorted(by: { $0.key < $1.key }) {
      let job = preparation(of: node, attempt: kept.attempt.id)
      records[node].context = job.context
      records[node].files = AttemptFiles(site.state, run: run.id, attempt: kept.attempt.id)
      records[node].judgement = judgement(of: node, kept)
      let started =
        kept.mark.map { BootInstant(nanoseconds: Int64(clamping: $0.nanoseconds)) } ?? kept.record?.started ?? now
      records[node].startedAt = started
      records[node].attempt?.startedAt = wallNow - Int64((now - started).wholeMilliseconds)
      running[node] = RunningWork(cancellation: job.context.cancellation)
      if let timeout = planned.nodes[node].step.timeout {
        // Of a program that has ended only what comes after it is left.
        deadlines.add(
          .timeout(node: node, attempt: kept.attempt.id), at: (kept.record == nil ? started : now) + timeout)
      }
      do {
        running[node]?.program = try world.takeOver(kept, node: node)
      } catch {
        ended(node, AttemptResult(.inDoubt, reason: "its keeper can't be waited for: \(error)"))
      }
    }
  }

  private func judgement(of node: Int, _ kept: KeptAttempt) -> Judgement {
    let step = planned.nodes[node].step
    var judgement = Judgement(StepDecision(.run, .stillRuns, kept.text), definition: planned.nodes[node].digest)
    judgement.fingerprint = kept.attempt.fingerprint
    // Inputs that have changed since are not what the program read.
    if kept.attempt.fingerprint.inputs != nil, let files = try? FileDigests.of(step.recordedInputs, site.files),
      FileDigests.digest(files) == kept.attempt.fingerprint.inputs
    {
      judgement.inputFiles = files
    }
    return judgement
  }

  /// The keeper of a program has ended, and the program with it, or it was killed.
  func keeperEnded(_ node: Int, _ ending: KeptEnding) {
    guard var work = running[node] else { return }
    witnessed(.ended, node)
    switch ending {
    case .recorded(let record):
      if takenOver[node]?.record != nil { records[node].endedBefore = record.endedAt }
      switch record.end {
      case .notStarted(let why, let code): ended(node, notStarted(why, code, work))
      case .ended(let status):
        work.status = status
        if record.isJudged { work.judged = JudgedOutput(mismatch: record.mismatch) }
        work.duration = (record.ended - record.started).wholeMilliseconds
        work.usage = AttemptUsage(record.usage)
        running[node] = work
        if work.isTornDown {
          advanceTeardown(node)
        } else if record.isTimedOut {
          running[node]?.ending = .timedOut
          ended(node, cutOff(work, status, as: .timedOut))
        } else {
          finish(node, status)
        }
      }
    case .lost(wasLaunched: false):
      ended(node, notStarted("its keeper died before it started the program", nil, work))
    case .lost(wasLaunched: true):
      work.isLost = true
      running[node] = work
      if work.isTornDown {
        advanceTeardown(node)
      } else {
        // What still runs of it would run unwatched.
        work.isTornDown = true
        running[node] = work
        work.program?.end(grace: options.grace)
        advanceTeardown(node)
      }
    }
  }

  private func notStarted(_ why: String, _ code: Int?, _ work: RunningWork) -> AttemptResult {
    var result = AttemptResult(work.ending ?? .failed, reason: why)
    result.exitCode = work.ending == nil ? code : nil
    return result
  }

  /// An attempt whose keeper was killed: how its program ended is known to nobody.
  static let lost = AttemptResult(
    .inDoubt, reason: "its keeper was killed, so nobody saw how it ended; what still ran of it was ended")
}

/// What a keeper says about the output of a program, which nobody else has seen as it was.
struct JudgedOutput: Sendable {
  var mismatch: String?
}
