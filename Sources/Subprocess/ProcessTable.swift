internal import Glibc

/// The processes of this machine that `/proc` shows.
package enum ProcessTable {
  /// The ids of all processes; one may end at any time.
  package static func pids() -> [Int32] {
    guard let folder = unsafe opendir("/proc") else { return [] }
    defer { unsafe closedir(folder) }
    var result: [Int32] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let pid = Int32(name) { result.append(pid) }
    }
    return result
  }

  /// The living processes that were started with all of these variables, each `NAME=VALUE`: what is left of an attempt
  /// whose leader has ended, wherever its members went. Processes of other users cannot be asked.
  package static func pids(startedWith variables: [String]) -> [Int32] {
    let wanted = variables.map { Array($0.utf8) }
    return pids().filter { pid in
      guard let environment = contents(of: "/proc/\(pid)/environ"), !environment.isEmpty else { return false }
      let entries = Set(environment.split(separator: 0))
      return wanted.allSatisfy { entries.contains($0[...]) } && ProcessRecord(pid: pid)?.isAlive ?? false
    }
  }

  static func contents(of path: String) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = unsafe read(file, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes.append(contentsOf: piece[..<count])
    }
  }
}
