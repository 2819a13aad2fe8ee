internal import CProcessSpawn
internal import Glibc

/// A kept program on its way to its end.
struct Keeping {
  private let request: KeeperRequest
  private let descriptors: KeeperDescriptors
  private let signals: Int32
  private let masker: StreamMasker?
  private var teardown: Teardown?
  private var isTimedOut = false
  private var end: (status: ExitStatus, usage: ResourceUsage)?

  init(
    _ request: KeeperRequest, _ descriptors: KeeperDescriptors, signals: Int32, masker: StreamMasker?
  ) {
    self.request = request
    self.descriptors = descriptors
    self.signals = signals
    self.masker = masker
  }

  /// Starts the program and waits for its end.
  mutating func run(_ streams: KeptStreams, _ judge: Keeper.Judge) throws(SystemError) -> ExitRecord {
    let started = BootClock.now()
    if takeSignals() {
      return record(.notStarted("it was ended before its program was started", exitCode: 143), started)
    }
    let child: Child
    do throws(SpawnError) {
      child = try start(streams)
    } catch {
      return record(.notStarted("\(error)", exitCode: error.exitCode), started)
    }
    streams.closeWriting()
    try wait(for: child, streams, deadline: request.timeout.map { started + .nanoseconds($0) })
    streams.drain()
    streams.trim()
    // SIGKILL is what a leader ends of that did not end of it yet.
    let end = self.end ?? (.signalled(Int(SIGKILL)), ResourceUsage())
    var record = record(.ended(end.status), started)
    record.usage = end.usage
    record.isJudged = !request.expectations.isEmpty
    record.mismatch = mismatch(in: streams.takeRaw(), judge)
    return record
  }

  /// The program's own output is judged, but the words are about what may be shown of it.
  private func mismatch(in output: KeptOutput, _ judge: Keeper.Judge) -> String? {
    guard !request.expectations.isEmpty, let mismatch = judge(request.expectations, output) else { return nil }
    guard let masker else { return mismatch }
    var masked = output
    masked.stdout = masker.masked(output.stdout)
    masked.stderr = masker.masked(output.stderr)
    return judge(request.expectations, masked) ?? "the output is not as expected, where it holds a secret"
  }

  private func record(_ end: ExitRecord.End, _ started: BootInstant) -> ExitRecord {
    ExitRecord(
      nonce: request.nonce, attempt: request.attempt, end: end, isTimedOut: isTimedOut, started: started,
      ended: BootClock.now(), endedAt: WallClock.now())
  }

  private func start(_ streams: KeptStreams) throws(SpawnError) -> Child {
    var offsets = request.markOffsets.makeIterator()
    let input: InputFile?
    do throws(SystemError) {
      input = if let bytes = request.input { try InputFile(bytes) } else { nil }
    } catch {
      throw .other(program: request.executable, code: error.code)
    }
    defer { withExtendedLifetime(input) {} }
    var spawn = SpawnRequest(
      executable: request.executable, arguments: StringBlock(bytes: request.arguments),
      environment: StringBlock(bytes: request.environment), directory: request.directory,
      input: input?.descriptor, output: streams.stdout.writing, errorOutput: streams.stderr.writing,
      mark: offsets.next().map(mark))
    do throws(SpawnError) {
      return try Child.spawn(spawn)
    } catch {
      guard request.fallsBackToShell, case .unknownFormat = error else { throw error }
    }
    // What the kernel does not know, a shell takes for a script.
    spawn.executable = "/bin/sh"
    spawn.arguments = StringBlock(
      bytes: [Array("sh".utf8), Array(request.executable.utf8)] + request.arguments.dropFirst())
    spawn.mark = offsets.next().map(mark)
    return try Child.spawn(spawn)
  }

  private func mark(_ offset: Int64) -> MarkSlot {
    MarkSlot(descriptor: descriptors.marks, offset: offset, attempt: UInt64(bitPattern: request.attempt))
  }

  // MARK: Waiting

  private mutating func wait(for child: Child, _ streams: KeptStreams, deadline: BootInstant?) throws(SystemError) {
    defer { child.close() }
    var next = deadline
    while true {
      let isAskedToEnd = try wait(child, streams, until: next)
      streams.trim()
      let now = BootClock.now()
      if teardown == nil {
        if end != nil { return }
        isTimedOut = deadline.map { now >= $0 } ?? false
        if isAskedToEnd || isTimedOut {
          teardown = Teardown(child.group, grace: .nanoseconds(request.grace), now: now)
        }
      }
      switch teardown?.advance(now: now) {
      case nil: next = deadline
      case .waiting(let until): next = until
      case .gone:
        // The group may be seen gone before its leader's end was taken.
        if end == nil { end = try child.reap() }
        return
      case .remains: return
      }
    }
  }

  /// Waits for output, the end of the program or an instant; true when somebody asks the keeper to end.
  private mutating func wait(
    _ child: Child, _ streams: KeptStreams, until instant: BootInstant?
  ) throws(SystemError) -> Bool {
    // poll ignores negative descriptors.
    let watched = [streams.stdout.reading, streams.stderr.reading, end == nil ? child.descriptor : -1, signals]
    var polled = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // Once a second the files are looked at, and the clock: that of poll stands still while the machine sleeps.
    var milliseconds: Int64 = 1000
    if let instant {
      let left = (instant.nanoseconds - BootClock.now().nanoseconds + 999_999) / 1_000_000
      milliseconds = max(0, min(milliseconds, left))
    }
    let count = unsafe poll(&polled, nfds_t(polled.count), Int32(milliseconds))
    if count < 0, errno != EINTR { throw SystemError("wait for a program", code: errno) }
    streams.drain()
    if polled[2].revents != 0 { end = try child.reap() }
    return polled[3].revents != 0 && takeSignals()
  }

  /// Whether SIGTERM has arrived. What a terminal sends is not for the keeper.
  private func takeSignals() -> Bool {
    var isAsked = false
    while case let signal = execplan_signal_read(signals), signal > 0 { isAsked = isAsked || signal == SIGTERM }
    return isAsked
  }
}
