internal import Glibc

/// The way to end a process group: SIGTERM, a grace time, SIGKILL, and looking until it is gone.
///
/// A value that is driven from outside, so that one thread can end many groups at once.
package struct Teardown: Sendable {
  package enum Status: Hashable, Sendable {
    /// Ask again at this time at the latest, and when the leader has ended.
    case waiting(until: BootInstant)
    case gone
    /// SIGKILL did not help within `patience` (a process that hangs in the kernel): its effect is not known.
    case remains
  }

  /// How long after SIGKILL a group may still be there.
  package static let patience = Duration.seconds(5)

  package let group: ProcessGroup
  /// Sent again and again until the group is gone: a program that means one thing with each, as `psql` ends one
  /// statement, may have been between two of them.
  private let repeated: Int32?
  private var killAt: BootInstant
  private var giveUpAt: BootInstant?
  private var pause = Duration.milliseconds(2)

  /// Sends SIGTERM, and SIGCONT so that a stopped process can act on it.
  ///
  /// - Parameters:
  ///   - grace: nil: the group gets no time, so it is not asked either.
  ///   - interrupting: SIGINT is sent instead, until the group is gone or the grace time is over.
  package init(
    _ group: ProcessGroup, grace: Duration?, interrupting: Bool = false, now: BootInstant = BootClock.now()
  ) {
    self.group = group
    repeated = interrupting ? SIGINT : nil
    killAt = now + (grace ?? .zero)
    guard grace != nil else { return }
    group.send(repeated ?? SIGTERM)
    group.send(SIGCONT)
  }

  /// Ends the grace time, as a second Ctrl-C does.
  package mutating func kill(now: BootInstant = BootClock.now()) {
    killAt = min(killAt, now)
  }

  /// Does what is due.
  package mutating func advance(now: BootInstant = BootClock.now()) -> Status {
    if group.isGone { return .gone }
    if giveUpAt == nil, now >= killAt {
      group.send(SIGKILL)
      giveUpAt = now + Teardown.patience
      pause = .milliseconds(2)
    }
    if let giveUpAt {
      // Only now, because the look through /proc costs milliseconds.
      if !group.hasLivingMember() { return .gone }
      if now >= giveUpAt { return .remains }
    } else if let repeated {
      group.send(repeated)
    }
    let next = now + pause
    pause = min(pause * 2, .milliseconds(100))
    return .waiting(until: giveUpAt == nil ? min(next, killAt) : next)
  }
}
