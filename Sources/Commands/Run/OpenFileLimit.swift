internal import Glibc

/// How many steps may run at the same time under the limit of open files (`ulimit -n`).
enum OpenFileLimit {
  /// The journal with its log and locks, the event loop, what a thread reads: what is open beside the steps.
  private static let own = 32
  /// Two files for output and one descriptor for waiting, and what looking at its guards and outputs opens.
  private static let perStep = 4

  /// The number of steps that fit; nil when all that are wanted do.
  static func jobs(wanted: Int) -> Int? {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
    let fitting = max(1, (Int(clamping: limit.rlim_cur) - own) / perStep)
    return fitting < wanted ? fitting : nil
  }
}
