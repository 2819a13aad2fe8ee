/// All processes of this machine at one moment, with what execplan told them when they were started.
package struct ProcessSnapshot: Sendable {
  package struct Process: Hashable, Sendable {
    package var record: ProcessRecord
    /// The `EXECPLAN_…` variables with which it was started; empty also where that can't be seen, as of processes of
    /// other users.
    package var variables: [String: String]

    package init(record: ProcessRecord, variables: [String: String] = [:]) {
      self.record = record
      self.variables = variables
    }
  }

  package var processes: [Process]

  package init(processes: [Process]) { self.processes = processes }

  /// Whether `/proc` could be read; it always shows at least this process.
  package var isComplete: Bool { !processes.isEmpty }

  /// Looks at `/proc`.
  package static func take() -> ProcessSnapshot {
    ProcessSnapshot(
      processes: ProcessTable.pids().compactMap { pid in
        guard let record = ProcessRecord(pid: pid) else { return nil }
        return Process(record: record, variables: variables(of: pid))
      })
  }

  private static func variables(of pid: Int32) -> [String: String] {
    guard let environment = ProcessTable.contents(of: "/proc/\(pid)/environ") else { return [:] }
    var result: [String: String] = [:]
    for entry in environment.split(separator: 0) where entry.starts(with: prefix) {
      guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
      result[String(decoding: entry[..<equals], as: UTF8.self)] = String(
        decoding: entry[(equals + 1)...], as: UTF8.self)
    }
    return result
  }

  private static let prefix = Array("EXECPLAN_".utf8)
}
