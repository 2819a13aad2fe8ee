internal import Foundation

/// Whether a process runs; a zombie does not.
func isRunning(_ pid: Int32) -> Bool {
  guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
  let state = status[(status.lastIndex(of: ")") ?? status.startIndex)...].dropFirst(2).first
  return state != "Z" && state != "X"
}

func openDescriptors() -> Int {
  (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
}

/// Keeps the largest number of descriptors that this process had open when it was told something.
final class DescriptorCount {
  private(set) var most = 0
  func look() { most = max(most, openDescriptors()) }
}
