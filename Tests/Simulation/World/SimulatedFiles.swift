internal import Digest
internal import PlanModel
internal import Planner

/// What the planner sees of the simulated disk.
struct SimulatedFiles: FileProbe {
  unowned let world: SimulatedWorld

  func matches(_ patterns: [PathPattern]) throws(FileProbeError) -> [String] {
    var found: Set<String> = []
    for pattern in patterns {
      if pattern.isNegated {
        found.remove(pattern.text)
      } else if world.disk[pattern.text] != nil {
        found.insert(pattern.text)
      }
    }
    return found.sorted()
  }

  func digest(_ path: String) throws(FileProbeError) -> SHA256Digest? {
    world.disk[path].map { SHA256.digest(of: $0) }
  }

  func content(_ path: String, limit: Int) throws(FileProbeError) -> [UInt8]? {
    world.disk[path].map { Array($0.utf8) }
  }

  func template(_ bytes: [UInt8], path: String) throws(FileProbeError) -> Template {
    throw FileProbeError(path: path, message: "there are no templates here")
  }

  func status(_ path: String) throws(FileProbeError) -> FileStatus? {
    world.disk[path].map { FileStatus(kind: .file, size: $0.utf8.count, mode: 0o644, modifiedAt: world.wallNow()) }
  }
}
