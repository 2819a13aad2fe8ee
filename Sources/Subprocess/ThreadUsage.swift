internal import CProcessSpawn
internal import Glibc
internal import Synchronization

/// What work in a thread of this process uses: the thread's own time and I/O, and the programs that it runs to their end.
package enum ThreadUsage {
  /// Of programs that ended, by thread, while its work is measured.
  private static let programs = Mutex<[pthread_t: ResourceUsage]>([:])

  /// Does the work in the calling thread and says what it used; nil when the kernel doesn't tell.
  ///
  /// Threads share one memory, so there is a peak only when a program had one.
  package static func measuring<Result>(_ work: () -> Result) -> (result: Result, usage: ResourceUsage?) {
    let thread = pthread_self()
    let before = now()
    programs.withLock { $0[thread] = ResourceUsage() }
    let result = work()
    let ofPrograms = programs.withLock { $0.removeValue(forKey: thread) }
    guard let before, var own = now() else { return (result, nil) }
    own.userTime -= before.userTime
    own.systemTime -= before.systemTime
    own.readBytes -= before.readBytes
    own.writtenBytes -= before.writtenBytes
    return (result, own + (ofPrograms ?? ResourceUsage()))
  }

  /// Counts a program that the calling thread ran to its end.
  static func add(_ usage: ResourceUsage) {
    programs.withLock { programs in
      if let before = programs[pthread_self()] { programs[pthread_self()] = before + usage }
    }
  }

  private static func now() -> ResourceUsage? {
    var usage = execplan_usage()
    guard unsafe execplan_thread_usage(&usage) == 0 else { return nil }
    return ResourceUsage(usage, maxResidentKiB: nil)
  }
}
