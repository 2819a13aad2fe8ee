internal import Digest
internal import Executor
internal import Journal
internal import PlanModel
internal import Reporting
internal import Subprocess

/// Makes a report of what the journal and the files of attempts tell of a run.
struct ReportReader {
  let state: StateDirectory
  let reference: PlanReference
  /// Milliseconds since 1970.
  let madeAt: Int64

  /// Bytes of the end of one stream of one attempt.
  private static let logLimit: Int64 = 16 << 10
  /// Bytes of the logs of all attempts together; those of failures are taken in first.
  private static let allLogsLimit = 8 << 20

  /// - Parameter id: nil: the latest.
  /// - Throws: exit 64 when there is no such run.
  func read(run id: Int64?) throws -> RunReport {
    // Both of one moment, also while the run goes on.
    let (status, record) = try StatusReport.read(state, plan: reference.key) { reader, isLocked throws(JournalError) in
      let status = try StatusReport.view(
        reader, state, reference.key, id, isLocked: isLocked, reference.command)
      return (status, try status.run.flatMap { run throws(JournalError) in try Record(reader, run: run.id) })
    }
    guard let shown = status.run, let record else {
      throw CommandFailure(
        .usage, id.map { "there is no run \($0) of \"\(reference.key)\"" } ?? "\"\(reference.key)\" was never run",
        advice: "execplan runs")
    }
    var report = RunReport(
      plan: reference.key, path: record.run.path, title: record.layout.title ?? reference.key, run: shown.id,
      state: shown.state, startedAt: shown.startedAt, finishedAt: shown.finishedAt, madeAt: madeAt,
      profile: record.run.profile, params: record.run.params,
      legs: record.legs.map {
        .init(startedAt: $0.startedAt, endedAt: $0.endedAt, exitCode: $0.exitCode, host: $0.host)
      },
      phases: record.layout.phases.map {
        .init(id: $0.id, title: $0.title, objective: $0.objective, deliverables: $0.deliverables)
      },
      steps: steps(status.steps, record), nextCommand: status.nextCommand)
    report.approvals = status.approvals
    report.rerunOf = record.run.rerunOf
    return report
  }

  /// What the journal has of one run.
  private struct Record {
    var run: Run
    var legs: [Leg]
    var layout: RunLayout
    var attempts: [String: [Attempt]] = [:]
    var checkpoints: [String: Checkpoint]
    /// The checks of the last end of each step.
    var checks: [String: [ReportedStep.Check]] = [:]

    init?(_ reader: any JournalReading, run id: Int64) throws(JournalError) {
      guard let run = try reader.run(id) else { return nil }
      self.run = run
      legs = try reader.legs(run: id)
      layout = try RunLayout.of(run, reader)
      checkpoints = try reader.checkpoints(run: id)
      for attempt in try reader.attempts(run: id) where attempt.state != .released {
        attempts[attempt.step, default: []].append(attempt)
      }
      var sequence: Int64 = 0
      while true {
        let events = try reader.events(run: id, after: sequence, limit: 1000)
        for event in events { take(event.event) }
        guard let last = events.last else { return }
        sequence = last.sequence
      }
    }

    private mutating func take(_ event: Event) {
      guard event.kind == .stepFinished || event.kind == .gate, let step = event.step,
        case .list(let checks)? = event.payload.first(where: { $0.key == "checks" })?.value
      else { return }
      self.checks[step] = checks.map(ReportedStep.Check.init)
    }
  }

  private func steps(_ shown: [StatusView.Step], _ record: Record) -> [ReportedStep] {
    var logs = Logs(state: state, run: record.run.id, left: ReportReader.allLogsLimit)
    // Failures first, so that what matters most is there.
    let order = shown.indices.sorted { first, second in
      let (a, b) = (shown[first].state.isProblem, shown[second].state.isProblem)
      return a == b ? first < second : a
    }
    var attempts = [[ReportedStep.Attempt]](repeating: [], count: shown.count)
    for index in order {
      attempts[index] = (record.attempts[shown[index].id] ?? []).map { attempt in
        ReportedStep.Attempt(
          number: attempt.number, state: attempt.state, startedAt: attempt.startedAt, endedAt: attempt.endedAt,
          exitCode: attempt.exitCode, signal: attempt.signal, reason: attempt.reason, usage: attempt.usage,
          logs: logs.of(attempt))
      }
    }
    return shown.indices.map { index in
      let step = shown[index]
      let stored = record.layout.steps[step.id]
      let checkpoint = record.checkpoints[step.id]
      var reported = ReportedStep(
        id: step.id, title: stored?.title, phase: stored?.phase, action: stored?.action ?? "",
        needs: record.layout.needs[step.id] ?? [], isGate: step.id.hasPrefix("gate:"),
        isFinally: stored?.isFinally ?? false, state: step.state, isAllowed: step.isAllowed, reason: step.reason,
        blockedBy: step.blockedBy, attempts: attempts[index], checks: record.checks[step.id] ?? [],
        values: checkpoint?.values.filter { !$0.key.hasPrefix(Handoff.prefix) } ?? [],
        outputs: checkpoint?.outputFiles.map { .init(path: $0.path, sha256: $0.digest?.hex) } ?? [])
      reported.conflict = step.conflict
      return reported
    }
  }

  /// The ends of what attempts wrote, as long as there is room.
  private struct Logs {
    let state: StateDirectory
    let run: Int64
    var left: Int

    mutating func of(_ attempt: Attempt) -> [ReportedStep.Log] {
      let files = AttemptFiles(state, run: run, attempt: attempt.id)
      return [("stdout", files.stdout), ("stderr", files.stderr)].compactMap { read($0.0, $0.1) }
    }

    private mutating func read(_ stream: String, _ path: String) -> ReportedStep.Log? {
      guard left > 0, let (bytes, isCut) = OutputReader.end(of: path, atMost: ReportReader.logLimit) else { return nil }
      left -= bytes.count
      // A line of which only the end is left says nothing.
      let whole = isCut ? Array(bytes.drop { $0 != 0x0A }.dropFirst()) : bytes
      return ReportedStep.Log(text: TerminalText.sanitized(whole), isCut: isCut, stream: stream)
    }
  }
}

extension ReportedStep.Check {
  /// - Parameter value: as an event tells it (`CheckResult.value`).
  fileprivate init(_ value: Value) {
    var found: String?
    if case .int(let rows)? = value["rows"], case .int(let bad)? = value["bad_rows"] {
      found = "\(bad) of \(PeopleText.count(rows, "row"))"
    }
    var samples: [String] = []
    if case .list(let lines)? = value["samples"] { samples = lines.compactMap(\.string) }
    self.init(
      title: value["title"]?.string ?? "", severity: value["severity"]?.string ?? "error",
      failure: value["failure"]?.string, found: found, samples: samples)
  }
}
