internal import Digest
internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// What programs and actions do in the simulated world.
extension SimulatedWorld {
  // MARK: Programs of steps

  func process(for launch: ProgramLaunch, in leg: SimulatedLeg) throws -> SimulatedProcess {
    let words = launch.command.arguments
    guard words.count == 4, let step = step(doing: words) else {
      fail("the plan's programs are started", "what was started is \(words)")
      throw Gone()
    }
    var inputs: [String?] = step.readsFiles.map { disk["out/\($0)"] }
    if step.readsSource { inputs.append(disk[step.source]) }
    for need in step.readsValues { inputs.append(launch.command.environment["V_\(need)"]) }
    launched(launch.attempt, leg: leg.leg)
    coverage.launches += 1
    let manner: SimulatedProcess.Manner =
      switch dice.below(8) {
      case 0: .finishes
      case 1: .ignores
      default: .dies
      }
    return SimulatedProcess(
      step, attempt: launch.attempt, node: launch.node, product: Product.of(step, inputs),
      publishedPath: launch.files.output, manner: manner, leg: leg)
  }

  /// The step whose program is called like this: as its definition said at that time.
  private func step(doing words: [String]) -> SimulatedStep? {
    guard words[1] == "undo" else { return plan[words[2]] }
    guard var undo = plan[words[2]]?.undoing else { return nil }
    undo.version = Int(words[3]) ?? 0
    coverage.undos += 1
    return undo
  }

  /// A thread of execplan has begun with an undo that changes nothing.
  func launchedNothing(_ attempt: Int64, leg: Int64) {
    guard let claim = audit.record.attempts[attempt] else { return }
    ledger.launch(SimulatedStep(id: claim.step, kind: .check), run: claim.run, attempt: attempt, leg: leg)
    ledger[attempt]?.end = .succeeded
    ledger[attempt]?.isIdle = true
  }

  /// An attempt was launched, as the ledger has it.
  func launched(_ attempt: Int64, leg: Int64) {
    guard let claim = audit.record.attempts[attempt] else { return }
    let step = plan[claim.step] ?? SimulatedStep(id: claim.step, kind: .check)
    tell("\(step.id) starts (attempt \(attempt))")
    ledger.launch(step, run: claim.run, attempt: attempt, leg: leg)
  }

  /// When a program does what, in nanoseconds from its start.
  func timeline(of process: SimulatedProcess) -> [(SimulatedProcess.Act, Int64)] {
    let step = process.step
    let milliseconds =
      dice.once(in: 40) && step.timeout == nil ? dice.within(20_000...120_000) : dice.within(1...90)
    let length = Int64(milliseconds) * 1_000_000
    var acts: [(SimulatedProcess.Act, Int64)] = []
    if step.kind == .creates { acts.append((.half, length / 4)) }
    let run = ledger[process.attempt]?.run ?? 0
    if case .hangs(let times) = step.behaviour, ledger.hang(step, run: run) < times {
      if dice.once(in: 3) { acts.append((.effect, length / 2)) }
      return acts
    }
    if succeeds(step, run: run) {
      acts.append((.effect, length / 2))
      acts.append((.publish, length * 3 / 4))
      acts.append((.end(.exited(0)), length))
    } else {
      acts.append((.end(.exited(1)), length))
    }
    return acts
  }

  private func succeeds(_ step: SimulatedStep, run: Int64) -> Bool {
    switch step.behaviour {
    case .succeeds, .late, .hangs: true
    case .fails: false
    case .flaky(let times): ledger.completed(step, run: run) >= times
    }
  }

  /// What a program would still do if nobody ended it.
  func rest(of process: SimulatedProcess) -> [SimulatedProcess.Act] {
    guard let launch = ledger[process.attempt], launch.end == nil else { return [] }
    guard succeeds(process.step, run: launch.run) else { return [.end(.exited(1))] }
    return (launch.hasEffect ? [] : [.effect]) + [.publish, .end(.exited(0))]
  }

  func perform(_ act: SimulatedProcess.Act, of process: SimulatedProcess) {
    let step = process.step
    switch act {
    case .half: disk.write(step.output, "half", at: now)
    case .effect:
      let run = ledger[process.attempt]?.run ?? 0
      tell("\(step.id) has its effect (attempt \(process.attempt))")
      if step.kind == .creates || step.writesOutput || step.kind == .files {
        // Nothing would ever tell that a file that only a guard looks for was lost after the run.
        disk.write(step.output, process.product, at: now, synced: step.kind == .creates)
      }
      if step.hidesEffect { disk.write(step.hidden, "\(run)", at: now) }
      let delay: Int64 = step.behaviour == .late ? 150_000_000 : 0
      ledger.effect(step, attempt: process.attempt, product: process.product, seenAt: now + delay)
    case .publish:
      if step.publishes { disk.write(process.publishedPath, Product.published(step, process.product), at: now) }
    case .end, .told: break
    }
  }

  func end(_ process: SimulatedProcess, _ status: ExitStatus) {
    guard process.isAlive else { return }
    process.die()
    tell("\(process.step.id) ends: \(status) (attempt \(process.attempt))")
    switch status {
    case .exited(let code):
      ledger[process.attempt]?.end = code == 0 ? .succeeded : .failed
      if let run = ledger[process.attempt]?.run { ledger.complete(process.step, run: run) }
    case .signalled: ledger[process.attempt]?.end = .killed
    }
  }

  // MARK: Programs that are asked

  func complete(
    _ command: ProgramCommand, timeout: Duration?, cancellation: Cancellation
  ) throws -> Completion {
    _ = try place("a program is asked", by: invocation)
    if cancellation.isCancelled { return Completion(outcome: .cancelled, status: .signalled(15)) }
    guard let step = command.arguments.last else { return Completion(outcome: .ended, status: .exited(2)) }
    coverage.probes += 1
    let holds = ledger.isSeen(step, at: now)
    tell("does \(step) hold? \(holds)")
    return Completion(outcome: .ended, status: .exited(holds ? 0 : 1))
  }

  // MARK: Effects of execplan's own

  func written(at path: String, by attempt: Attempt, in state: StateDirectory) -> SHA256Digest? {
    guard let written = writtenFiles[attempt.id], written.path == path else { return nil }
    return SHA256.digest(of: written.content)
  }

  func write(_ desired: DesiredFile, with writer: FileWriter) throws -> String? {
    _ = try place("before a file is written", by: invocation)
    guard case .content(let bytes) = desired.kind, let launch = ledger[writer.attempt], let step = plan[launch.step]
    else { return nil }
    try attempt(step, writer.attempt)
    let content = String(decoding: bytes, as: UTF8.self)
    writtenFiles[writer.attempt] = (desired.path, content)
    disk.write(desired.path, content, at: now, synced: true)
    tell("\(step.id) writes \(desired.path)")
    ledger.effect(step, attempt: writer.attempt, product: nil, seenAt: now)
    _ = try place("a file is written", by: invocation)
    ledger[writer.attempt]?.end = .succeeded
    return nil
  }

  func run(_ sql: SQLRunner) -> AttemptResult {
    guard let step = plan[sql.step], let attempt = audit.open(sql.step) else { return .failed("there is no such step") }
    do {
      _ = try place("before a transaction", by: invocation)
      if !ledger.tokens.contains(sql.token) {
        try self.attempt(step, attempt)
        ledger.tokens.insert(sql.token)
        ledger.transactions[sql.token, default: 0] += 1
        tell("the transaction of \(step.id) is committed")
      }
      ledger.effect(step, attempt: attempt, product: nil, seenAt: now)
      _ = try place("a transaction is committed", by: invocation)
      ledger[attempt]?.end = .succeeded
      return AttemptResult(.succeeded)
    } catch {
      return .failed("\(error)")
    }
  }

  /// Lets an action of execplan's own fail where its behaviour says so.
  private func attempt(_ step: SimulatedStep, _ attempt: Int64) throws {
    let run = ledger[attempt]?.run ?? 0
    let isGood = succeeds(step, run: run)
    ledger.complete(step, run: run)
    if isGood { return }
    ledger[attempt]?.end = .failed
    throw SystemError("do \"\(step.id)\"", code: 5)
  }

  func hasToken(_ token: String, in database: TokenDatabase) throws -> Bool { ledger.tokens.contains(token) }

  // MARK: Files

  private func relative(_ path: String) -> String {
    path.hasPrefix(SimulatedWorld.root + "/") ? String(path.dropFirst(SimulatedWorld.root.utf8.count + 1)) : path
  }

  func makePrivateFolder(_ path: String) throws(SystemError) {}

  func readPrivateFile(_ path: String, upTo count: Int) throws(SystemError) -> [UInt8]? {
    disk[path].map { Array($0.utf8.prefix(count)) }
  }

  func removePrivateFile(_ path: String) {
    if !isCurrentGone { disk.remove(path) }
  }

  func moveAside(_ path: String, to target: String) -> Bool {
    do throws(Gone) {
      _ = try place("before a file is moved aside", by: invocation)
    } catch {
      return false
    }
    tell("\(path) is moved aside")
    return disk.move(relative(path), to: target)
  }

  func sync(_ path: String) -> Bool {
    if isCurrentGone { return true }
    disk.sync(relative(path))
    return true
  }
}
