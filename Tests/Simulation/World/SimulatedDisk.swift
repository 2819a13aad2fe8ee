/// The files of the project and of the state directory, each as it is now and as a power loss would leave it.
struct SimulatedDisk {
  private struct File {
    var content: String
    /// What is on the disk for certain; nil: nothing.
    var synced: String?
    /// Nanoseconds of the simulation.
    var writtenAt: Int64
    var isSynced: Bool
  }

  private var files: [String: File] = [:]

  /// Linux writes dirty pages after 30 s, looking every 5 s (vm.dirty_expire_centisecs).
  private static let writeBackAfter: Int64 = 35_000_000_000

  subscript(path: String) -> String? { files[path]?.content }

  mutating func write(_ path: String, _ content: String, at now: Int64, synced: Bool = false) {
    var before: String?
    if let old = files[path] {
      before = old.isSynced || now - old.writtenAt > SimulatedDisk.writeBackAfter ? old.content : old.synced
    }
    files[path] = File(content: content, synced: synced ? content : before, writtenAt: now, isSynced: synced)
  }

  mutating func sync(_ path: String) {
    guard var file = files[path] else { return }
    file.synced = file.content
    file.isSynced = true
    files[path] = file
  }

  mutating func remove(_ path: String) { files[path] = nil }

  mutating func move(_ path: String, to target: String) -> Bool {
    guard let file = files.removeValue(forKey: path) else { return false }
    files[target] = file
    return true
  }

  /// Drops some of what was not synced, or leaves it empty: a file is there in its old, its new or no content.
  ///
  /// - Returns: the paths that are not what they were.
  mutating func losePower(at now: Int64, _ random: inout SeededRandom) -> Set<String> {
    var lost: Set<String> = []
    for path in files.keys.sorted() {
      guard var file = files[path] else { continue }
      if !file.isSynced, now - file.writtenAt <= SimulatedDisk.writeBackAfter {
        switch random.below(3) {
        case 0: break
        case 1:
          lost.insert(path)
          if let synced = file.synced {
            file.content = synced
          } else {
            files[path] = nil
            continue
          }
        default:
          lost.insert(path)
          file.content = ""
        }
      }
      file.synced = file.content
      file.isSynced = true
      files[path] = file
    }
    return lost
  }
}
