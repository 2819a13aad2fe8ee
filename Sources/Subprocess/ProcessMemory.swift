internal import CProcessSpawn

/// The memory of this process while it holds secrets.
package enum ProcessMemory {
  /// Sees to it that a crash writes no image of it to a disk (`RLIMIT_CORE` is 0, also for the programs that it starts),
  /// and that no other process of the same user reads or traces it (`PR_SET_DUMPABLE`, see prctl(2)).
  package static func hide() {
    execplan_forbid_core_files()
    execplan_hide_memory()
  }
}
