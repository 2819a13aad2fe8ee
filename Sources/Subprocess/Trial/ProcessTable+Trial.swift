internal import Glibc

extension ProcessTable {
  /// Kills all processes that were started with all of these variables, each `NAME=VALUE`, and those that they start
  /// meanwhile.
  package static func kill(startedWith variables: [String]) {
    // Each round finds what the one before had not seen yet.
    for _ in 0..<50 {
      let pids = pids(startedWith: variables).filter { $0 != getpid() }
      if pids.isEmpty { return }
      for pid in pids { _ = Glibc.kill(pid, SIGKILL) }
      usleep(1_000)
    }
  }

  /// The processes that a process has started itself and that have not ended.
  package static func children(of parent: Int32) -> [Int32] {
    pids().filter { ProcessRecord(pid: $0).map { $0.parent == parent && $0.isAlive } ?? false }
  }
}
