internal import Glibc

/// A program on its way to its end, with its pipes.
struct CompletionRun {
  let child: Child
  /// Nil: its stdin is a file.
  let input: InputPipe?
  let output: OutputPipe
  let errorOutput: OutputPipe
  let options: CompletionOptions
  private let deadline: BootInstant?
  private var outcome = Completion.Outcome.ended
  private var teardown: Teardown?
  private var end: (status: ExitStatus, usage: ResourceUsage)?
  /// When there is something to do at the latest.
  private var next: BootInstant?

  init(child: Child, input: InputPipe?, output: OutputPipe, errorOutput: OutputPipe, options: CompletionOptions) {
    self.child = child
    self.input = input
    self.output = output
    self.errorOutput = errorOutput
    self.options = options
    deadline = options.timeout.map { BootClock.now() + $0 }
    next = deadline
  }

  mutating func finish() throws(SystemError) -> Completion {
    while true {
      if let completion = try advance() { return completion }
    }
  }

  /// Waits until something happens, and does what is due; the completion, when it is over.
  mutating func advance() throws(SystemError) -> Completion? {
    let isCancelled = try wait(until: next)
    let now = BootClock.now()
    if teardown == nil {
      if end != nil { return result(isGroupGone: true) }
      let isTooMuch = options.endsWhenCut && (output.isCut || errorOutput.isCut)
      if isCancelled || isTooMuch || deadline.map({ now >= $0 }) ?? false {
        outcome = isCancelled || isTooMuch ? .cancelled : .timedOut
        input?.close()
        teardown = Teardown(child.group, grace: options.grace, interrupting: options.interrupts, now: now)
      }
    }
    switch teardown?.advance(now: now) {
    case nil: next = deadline
    case .waiting(let until): next = until
    case .gone:
      // The group may be seen gone before its leader's end was taken.
      if end == nil { end = try child.reap() }
      return result(isGroupGone: true)
    case .remains: return result(isGroupGone: false)
    }
    return nil
  }

  /// Waits for output, the end of the program or an instant; true when the program is no longer wanted.
  private mutating func wait(until instant: BootInstant?) throws(SystemError) -> Bool {
    // poll ignores negative descriptors.
    let watched = [
      output.reading, errorOutput.reading, end == nil ? child.descriptor : -1,
      teardown == nil ? options.cancellation?.descriptor ?? -1 : -1,
    ]
    var polled = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    polled.append(pollfd(fd: input?.waiting ?? -1, events: Int16(POLLOUT), revents: 0))
    var milliseconds: Int32 = -1
    if let instant {
      // poll's clock stands still while the machine sleeps; so look at ours once a second.
      let left = (instant.nanoseconds - BootClock.now().nanoseconds + 999_999) / 1_000_000
      milliseconds = Int32(max(0, min(left, 1000)))
    }
    let count = unsafe poll(&polled, nfds_t(polled.count), milliseconds)
    if count < 0, errno != EINTR { throw SystemError("wait for a program", code: errno) }
    if polled[0].revents != 0 { output.drain() }
    if polled[1].revents != 0 { errorOutput.drain() }
    if polled[2].revents != 0 { end = try child.reap() }
    if polled[4].revents != 0 { input?.feed() }
    return polled[3].revents != 0
  }

  private func result(isGroupGone: Bool) -> Completion {
    output.drain()
    errorOutput.drain()
    // A leader that SIGKILL could not end has no status yet; SIGKILL is what it will end of.
    let end = self.end ?? (.signalled(Int(SIGKILL)), ResourceUsage())
    ThreadUsage.add(end.usage)
    return Completion(
      outcome: outcome, status: end.status, usage: end.usage, isGroupGone: isGroupGone, output: output.bytes,
      errorOutput: errorOutput.bytes, isOutputCut: output.isCut, isErrorOutputCut: errorOutput.isCut)
  }
}
