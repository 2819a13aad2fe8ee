internal import Executor
internal import Glibc
internal import Journal
internal import PlanModel
internal import Reporting
internal import Subprocess

/// `execplan logs`: what a step wrote, or the events of a run.
enum LogsCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    try Reply.of(invocation, json: false) {
      let (reference, step) = try target(invocation)
      let run = try self.run(invocation, reference)
      if invocation.parsed.has("events") {
        try EventLog(invocation: invocation, reference: reference, run: run).print()
      } else {
        try StepLog(invocation: invocation, reference: reference, run: run, step: step).print()
      }
      return .success
    }
  }

  /// One word is a plan if there is one of that name, else a step.
  private static func target(_ invocation: Invocation) throws -> (PlanReference, String?) {
    let parsed = invocation.parsed
    guard let word = parsed.positional("PLAN") else { return (try PlanReference.find(invocation, nil), nil) }
    if let step = parsed.positional("STEP") { return (try PlanReference.find(invocation, word), step) }
    do {
      return (try PlanReference.find(invocation, word), nil)
    } catch let failure as CommandFailure where failure.exitCode == .usage {
      guard let reference = try? PlanReference.find(invocation, nil) else { throw failure }
      return (reference, word)
    }
  }

  private static func run(_ invocation: Invocation, _ reference: PlanReference) throws -> Run {
    let id = invocation.parsed.count("run").map(Int64.init)
    let run = try JournalAccess.read(reference.project.state) { reader throws(JournalError) in
      if let id { return try reader.run(id) }
      return try reader.latestRun(plan: reference.key)
    }
    guard let run, run.plan == reference.key else {
      throw CommandFailure(
        .usage, id.map { "there is no run \($0) of \"\(reference.key)\"" } ?? "\"\(reference.key)\" was never run",
        advice: "execplan runs")
    }
    return run
  }
}

/// The output of one attempt.
private struct StepLog {
  let invocation: Invocation
  let reference: PlanReference
  let run: Run
  let step: String?

  private var state: StateDirectory { reference.project.state }
  private var console: Console { invocation.console }

  func print() throws {
    let attempt = try find()
    let files = AttemptFiles(state, run: run.id, attempt: attempt.id)
    var paths: [String] = []
    if !invocation.parsed.has("stderr") { paths.append(files.stdout) }
    if !invocation.parsed.has("stdout") { paths.append(files.stderr) }
    for text in [attempt.reason, attempt.usage?.text].compactMap(\.self) {
      console.sayIfVerbose("\(attempt.step), attempt \(attempt.number): \(text)")
    }
    if invocation.parsed.has("follow") {
      try follow(paths, attempt)
      return
    }
    var isEmpty = true
    for path in paths {
      guard PathName.exists(path) else { continue }
      var reader = try OutputReader(path: path)
      while let piece = try reader.next() {
        isEmpty = false
        console.write(shown(piece))
        if console.readerIsGone { return }
      }
    }
    if isEmpty { console.say("\"\(attempt.step)\" wrote nothing in attempt \(attempt.number)") }
  }

  /// A terminal gets no control characters of a program; a file or pipe gets every byte.
  private func shown(_ bytes: [UInt8]) -> [UInt8] {
    console.outputIsTerminal ? Array(TerminalText.sanitized(bytes).utf8) : bytes
  }

  /// The attempt that is meant: of the step that was named, else of the one that failed, else of the last one.
  private func find() throws -> Attempt {
    let attempts = try JournalAccess.read(state) { reader throws(JournalError) in
      try reader.attempts(run: run.id).filter { $0.state != .released }
    }
    let bad: Set<Attempt.State> = [.failed, .timedOut, .failedFinally, .inDoubt, .cancelled]
    var chosen = attempts
    if let step {
      chosen = attempts.filter { $0.step == step || $0.step == ForeachItem.canonicalID(step) }
      guard !chosen.isEmpty else {
        throw CommandFailure(
          .usage, "\"\(step)\" did not run in run \(run.id)", advice: "execplan status \(reference.command.plan)")
      }
    } else if let failed = attempts.last(where: { bad.contains($0.state) }) {
      chosen = attempts.filter { $0.step == failed.step }
    } else if let last = attempts.last {
      chosen = attempts.filter { $0.step == last.step }
    }
    if let number = invocation.parsed.count("attempt") {
      guard let found = chosen.first(where: { $0.number == number }) else {
        throw CommandFailure(.usage, "there is no attempt \(number) of \"\(chosen.last?.step ?? "")\" in run \(run.id)")
      }
      return found
    }
    guard let last = chosen.last else {
      throw CommandFailure(.usage, "no step ran in run \(run.id)", advice: "execplan status \(reference.command.plan)")
    }
    return last
  }

  private func follow(_ paths: [String], _ attempt: Attempt) throws {
    var offsets = [Int64](repeating: 0, count: paths.count)
    while true {
      let isOver = try hasEnded(attempt)
      for (index, path) in paths.enumerated() where PathName.exists(path) {
        var reader = try OutputReader(path: path, from: offsets[index])
        while let piece = try reader.next() { console.write(shown(piece)) }
        offsets[index] = reader.offset
      }
      console.flush()
      if isOver || console.readerIsGone { return }
      usleep(200_000)
    }
  }

  private func hasEnded(_ attempt: Attempt) throws -> Bool {
    let now = try JournalAccess.read(state) { reader throws(JournalError) in
      try reader.attempts(run: run.id).first { $0.id == attempt.id }
    }
    guard let now, now.state == .claimed else { return true }
    guard case .free = try PlanLock.status(state, plan: reference.key) else { return false }
    // A keeper goes on when execplan has died.
    let keeper = AttemptFiles(state, run: run.id, attempt: attempt.id).keeper
    if case .held = try KeeperLock.status(keeper) { return false }
    return true
  }
}

/// The events of a run, as they were told when they happened.
private struct EventLog {
  let invocation: Invocation
  let reference: PlanReference
  let run: Run

  func print() throws {
    let state = reference.project.state
    var sequence = Int64(invocation.parsed.count("since") ?? 0)
    invocation.console.write(EventStream.versionLine)
    while true {
      let isLive = if case .held = try PlanLock.status(state, plan: reference.key) { true } else { false }
      while true {
        let after = sequence
        let events = try JournalAccess.read(state) { reader throws(JournalError) in
          try reader.events(run: run.id, after: after, limit: 1000)
        }
        for event in events {
          invocation.console.write(EventStream.line(event.event, sequence: event.sequence, run: run.id))
          sequence = event.sequence
        }
        if events.count < 1000 { break }
      }
      invocation.console.flush()
      guard invocation.parsed.has("follow"), isLive, !invocation.console.readerIsGone else { return }
      usleep(200_000)
    }
  }
}
