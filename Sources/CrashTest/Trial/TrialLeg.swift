internal import Glibc
internal import Subprocess

/// One execplan in a copy, from its start to its end or to the moment in which it is killed.
struct TrialLeg {
  enum End: Hashable {
    case exited(ExitStatus)
    /// Killed at a step.
    case killed(String)
    /// It came to no end in the time that it had.
    case stuck
  }

  enum Answer {
    case goOn
    case kill
    /// It goes on, and is killed when something below changes, or so long after the launch; when the step ends at the
    /// latest.
    case arm(TreeWatch?, Duration?)
  }

  private struct Armed {
    var step: String
    var watch: TreeWatch?
    var delay: Duration?
    var leader: Int32?
    var isLaunched = false
    var hasChanged = false
    var until: BootInstant?
  }

  let copy: ProjectCopies.Copy
  let process: TrialProcess
  let limit: BootInstant?
  let cancellation: Wakeup

  init(
    _ arguments: [String], in copy: ProjectCopies.Copy, _ setting: TrialSetting, limit: Duration?, cancellation: Wakeup
  ) throws {
    self.copy = copy
    self.cancellation = cancellation
    self.limit = limit.map { BootClock.now() + $0 }
    process = try TrialProcess(
      arguments: arguments, environment: setting.environment(of: copy), directory: copy.root, log: copy.log)
  }

  /// - Parameter decide: what is done where a step stands.
  func run(_ decide: (TrialMessage) -> Answer) throws -> End {
    var armed: Armed?
    // The program that is at work, known from its launch to its end.
    var leader: Int32?
    func stop() {
      if let leader { _ = Glibc.kill(-leader, SIGKILL) }
      process.kill()
    }
    while true {
      let deadline = [armed?.until, limit].compactMap(\.self).min()
      switch process.next(until: deadline, watch: armed?.watch, cancellation: cancellation) {
      case .cancelled:
        stop()
        throw TrialCancelled()
      case .ended(let status): return .exited(status)
      case .timeout:
        if let step = armed?.step, armed?.until.map({ $0 <= BootClock.now() }) == true {
          return kill(step, leader: armed?.leader)
        }
        stop()
        return .stuck
      case .changed:
        armed?.hasChanged = true
        if let now = armed, now.isLaunched { return kill(now.step, leader: now.leader) }
      case .told(let message):
        leader = message.moment == .launched ? message.leader : nil
        if var now = armed, now.step == message.step {
          if message.moment == .ended { return kill(now.step, leader: nil) }
          now.leader = message.leader
          now.isLaunched = true
          if now.hasChanged { return kill(now.step, leader: now.leader) }
          if let delay = now.delay { now.until = BootClock.now() + delay }
          armed = now
          process.goOn()
          continue
        }
        switch decide(message) {
        case .goOn: process.goOn()
        case .kill:
          process.kill()
          return .killed(message.step)
        case .arm(let watch, let delay):
          armed = Armed(step: message.step, watch: watch, delay: delay)
          process.goOn()
        }
      }
    }
  }

  /// As when the machine's memory is full or a container is stopped: execplan and the step's programs end at one moment.
  /// The programs first, for execplan waits for leave to go on when it has seen their end.
  private func kill(_ step: String, leader: Int32?) -> End {
    if let leader {
      _ = Glibc.kill(-leader, SIGKILL)
    } else {
      // Keepers, and programs of actions that execplan carries out itself.
      for child in ProcessTable.children(of: process.pid) {
        _ = Glibc.kill(child, SIGKILL)
      }
    }
    process.kill()
    copy.end(with: ["EXECPLAN_STEP_ID=\(step)"])
    return .killed(step)
  }
}
