internal import Glibc
internal import Journal
internal import Subprocess

/// A program under a keeper of its own, which may have been started by an execplan that is dead.
final class KeptSystemProgram: StartedProgram {
  /// Whether it goes on when execplan can go on no more.
  let outlives: Bool
  private let keeper: Int32?
  private let record: () -> ExitRecord?
  /// The mark of the program, once it is there.
  private let mark: () -> Mark?
  private var teardown: Teardown?
  private var grace: Duration?
  private var isGroupGone = false
  private var isEnding = false
  private var hasEnded: Bool
  private var killAt: BootInstant?
  private var giveUpAt: BootInstant?

  /// - Parameter keeper: its process id; nil when it has ended.
  init(
    keeper: Int32?, outlives: Bool, mark: @escaping () -> Mark?, record: @escaping () -> ExitRecord?
  ) {
    self.keeper = keeper
    hasEnded = keeper == nil
    self.outlives = outlives
    self.mark = mark
    self.record = record
  }

  /// The group of the program, once it was launched.
  var group: ProcessGroup? {
    mark().flatMap { Int32(exactly: $0.pid) }.flatMap { $0 > 1 ? ProcessGroup(id: $0) : nil }
  }

  /// The keeper has ended: what it left.
  func end() -> KeptEnding {
    hasEnded = true
    return record().map { .recorded($0) } ?? .lost(wasLaunched: mark() != nil)
  }

  /// The keeper sees to the size of its files.
  func trimOutput() {}

  func end(grace: Duration?) {
    guard !isEnding else { return }
    isEnding = true
    self.grace = grace
    let now = BootClock.now()
    killAt = now + (grace ?? .zero)
    // A keeper that has not started the program will not do so any more.
    if group == nil, !hasEnded { signal(SIGTERM) }
  }

  func kill() {
    killAt = BootClock.now()
    teardown?.kill()
  }

  func advance() -> Teardown.Status {
    let now = BootClock.now()
    if teardown == nil, let group {
      teardown = Teardown(group, grace: killAt.map { $0 <= now } ?? true ? nil : grace, now: now)
    }
    if !isGroupGone, var teardown {
      let status = teardown.advance(now: now)
      self.teardown = teardown
      guard case .gone = status else { return status }
      // From now on its number may be given to somebody else.
      isGroupGone = true
    }
    if hasEnded { return .gone }
    // Its program is gone, or was never there: the keeper ends by itself. One that hangs is not waited for.
    let end = giveUpAt ?? (max(killAt ?? now, now) + Teardown.patience)
    giveUpAt = end
    if now >= end { signal(SIGKILL) }
    return .waiting(until: now + .milliseconds(20))
  }

  private func signal(_ number: Int32) {
    if let keeper { _ = Glibc.kill(keeper, number) }
  }
}
