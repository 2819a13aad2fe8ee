internal import FaultPoints
internal import Glibc
internal import Journal
internal import Subprocess

/// The event loop, the threads and the marks of a leg of this process.
final class SystemLeg: LegWorld {
  let loop: EventLoop
  let state: StateDirectory
  /// Execplan itself, for keepers.
  let keeperProgram: String
  private let commitAnswers: Mailbox<CommitThread.Answer>
  private let jobAnswers: Mailbox<JobAnswer>
  private let commits: CommitThread
  private let pool: WorkerPool
  let marks: MarksFile
  /// Programs under keepers, by node.
  var kept: [Int: KeptSystemProgram] = [:]
  /// Nodes whose keepers had ended before they could be waited for.
  var endedKeepers: [Int] = []
  private var hasLogFolder = false

  init(
    _ id: Int64, in state: StateDirectory, journal: any JournalStore, jobs: Int, loop: EventLoop, keeperProgram: String
  ) throws {
    self.loop = loop
    self.state = state
    self.keeperProgram = keeperProgram
    marks = try MarksFile(state, leg: id)
    commitAnswers = Mailbox(loop.wakeup)
    jobAnswers = Mailbox(loop.wakeup)
    commits = try CommitThread(journal, answers: commitAnswers)
    pool = try WorkerPool(name: "worker", limit: max(2, jobs))
  }

  var nonce: String { marks.nonce }

  // MARK: Events

  func wait(until deadline: BootInstant?) throws -> [LegEvent] {
    var events: [LegEvent] = []
    for event in try loop.wait(until: deadline) {
      switch event {
      case .exited(let node, let status, let usage):
        events.append(ended(node) ?? .exited(node: node, status, usage))
      case .vanished(let node):
        if let event = ended(node) { events.append(event) }
      case .signal(let number): events.append(.signal(number))
      case .posted, .timeout: break
      }
    }
    for node in endedKeepers {
      if let event = ended(node) { events.append(event) }
    }
    endedKeepers = []
    for answer in commitAnswers.takeAll() {
      switch answer {
      case .committed(let sequences): events.append(.committed(sequences))
      case .failed(let error): events.append(.journalFailed(error))
      }
    }
    for answer in jobAnswers.takeAll() { events.append(.answered(answer)) }
    return events
  }

  /// What the keeper of a node left; nil for a node without one.
  private func ended(_ node: Int) -> LegEvent? {
    kept.removeValue(forKey: node).map { .keeperEnded(node: node, $0.end()) }
  }

  func commit(_ writes: [JournalWrite]) throws { try commits.commit(writes) }
  func verifyJournal() throws { try commits.verify() }

  func submit(_ job: @escaping @Sendable () -> JobAnswer) throws {
    try pool.submit { [jobAnswers] in jobAnswers.post(job()) }
  }

  func finish() {
    commits.stop()
    pool.finish()
  }

  // MARK: Programs

  func mark(attempt: Int64) throws { try marks.mark(attempt: attempt) }

  func start(_ launch: ProgramLaunch) throws -> any StartedProgram {
    let files = launch.files
    if !hasLogFolder {
      try PrivateFolder.make(files.folder)
      hasLogFolder = true
    }
    let injected = injectedError(.outputMade)
    guard injected == 0 else { throw SystemError("create \"\(files.stdout)\"", code: injected) }
    try launch.command.writeScriptFile()
    if launch.keeper?.secrets != nil || !SystemLeg.hasUsualMask {
      // A program that makes them may make them readable for everybody, or for nobody.
      for path in [files.output, files.state] { try PrivateFile.write("", to: path) }
    }
    if let terms = launch.keeper { return try startKept(launch, terms) }
    let stdout = try CapturedFile(creating: files.stdout, limits: launch.limits)
    let stderr = try CapturedFile(creating: files.stderr, limits: launch.limits)
    var request = try launch.command.request()
    let input = try launch.command.input.map { try InputFile($0) }
    request.input = input?.descriptor
    request.output = stdout.descriptor
    request.errorOutput = stderr.descriptor
    request.mark = try slot(launch.attempt)
    let child = try withExtendedLifetime(input) { try spawn(request, of: launch) }
    faultPoint(.afterSpawn)
    do {
      try loop.watch(child, token: launch.node)
    } catch {
      // Nobody would ever learn of its end.
      child.group.send(SIGKILL)
      throw error
    }
    return SystemProgram(child: child, stdout: stdout, stderr: stderr)
  }

  /// Whether files that programs make are their owner's to read, and no one else's to write.
  private static let hasUsualMask = FileWriter.mask & 0o722 == 0o022

  private func spawn(_ request: SpawnRequest, of launch: ProgramLaunch) throws -> Child {
    do {
      return try Child.spawn(request)
    } catch {
      guard launch.command.isDirect, case .unknownFormat = error else { throw error }
    }
    // What the kernel does not know, a shell takes for a script.
    var shell = request
    shell.executable = "/bin/sh"
    shell.arguments = StringBlock(["sh", launch.command.executable] + launch.command.arguments.dropFirst())
    shell.mark = try slot(launch.attempt)
    return try Child.spawn(shell)
  }

  private func slot(_ attempt: Int64) throws -> MarkSlot {
    MarkSlot(
      descriptor: marks.file, offset: Int64(try marks.nextSlot()), attempt: UInt64(bitPattern: attempt))
  }

  func endNow(_ programs: [any StartedProgram], grace: Duration) {
    // What may be taken over by the next leg goes on.
    let keepers = programs.compactMap { $0 as? KeptSystemProgram }.filter { !$0.outlives }
    for keeper in keepers { keeper.end(grace: grace) }
    let groups = programs.compactMap { ($0 as? SystemProgram)?.group } + keepers.compactMap(\.group)
    for group in groups { group.send(SIGTERM) }
    let end = BootClock.now() + grace
    for group in groups {
      // A leader that ended stays as a zombie, for its end is not taken any more.
      while !group.isGone, group.hasLivingMember(), BootClock.now() < end { usleep(20_000) }
      group.send(SIGKILL)
    }
  }
}

/// A child of this process, with the files that take its output.
final class SystemProgram: StartedProgram {
  private let child: Child
  private let stdout: CapturedFile
  private let stderr: CapturedFile
  private var teardown: Teardown?

  init(child: Child, stdout: CapturedFile, stderr: CapturedFile) {
    self.child = child
    self.stdout = stdout
    self.stderr = stderr
  }

  var group: ProcessGroup { child.group }
  var leader: Int32? { child.pid }

  func trimOutput() {
    for file in [stdout, stderr] { _ = try? file.trim() }
  }

  func end(grace: Duration?) { teardown = Teardown(child.group, grace: grace) }
  func kill() { teardown?.kill() }
  func advance() -> Teardown.Status { teardown?.advance() ?? .gone }
}
