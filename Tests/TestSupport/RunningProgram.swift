internal import Foundation
internal import Synchronization

/// A program that a test started. Its output goes to files: a full pipe can never hold it up.
package final class RunningProgram: Sendable {
  /// A test must end even if the program hangs.
  private static let limit: TimeInterval = 300

  private let process: Mutex<Process>
  private let captured: String
  package let pid: Int32

  package init(
    _ program: String, _ arguments: [String], in folder: String, env: [String: String], stdin: String?
  ) throws {
    let files = FileManager.default
    captured = files.temporaryDirectory.appendingPathComponent("execplan-output-\(UUID().uuidString)").path
    try files.createDirectory(atPath: captured, withIntermediateDirectories: true)
    for (name, content) in [("stdout", ""), ("stderr", ""), ("stdin", stdin ?? "")] {
      try Data(content.utf8).write(to: URL(fileURLWithPath: "\(captured)/\(name)"))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = env
    process.standardInput = try Self.open(captured + "/stdin", forWriting: false)
    process.standardOutput = try Self.open(captured + "/stdout", forWriting: true)
    process.standardError = try Self.open(captured + "/stderr", forWriting: true)
    try process.run()
    pid = process.processIdentifier
    self.process = Mutex(process)
  }

  private static func open(_ path: String, forWriting: Bool) throws -> FileHandle {
    let url = URL(fileURLWithPath: path)
    return forWriting ? try FileHandle(forWritingTo: url) : try FileHandle(forReadingFrom: url)
  }

  /// What it has written to standard output so far.
  package var stdoutSoFar: String { text("stdout") }
  /// What it has written to standard error so far.
  package var stderrSoFar: String { text("stderr") }

  package var isRunning: Bool { process.withLock { $0.isRunning } }

  /// Waits until it has written a text to standard error; false if it ended without.
  package func waitForStderr(_ text: String) -> Bool {
    while isRunning {
      if stderrSoFar.contains(text) { return true }
      usleep(5_000)
    }
    return stderrSoFar.contains(text)
  }

  /// The processes that it has started and that still are there.
  package var children: [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { child in
      guard let data = FileManager.default.contents(atPath: "/proc/\(child)/stat") else { return false }
      let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 1 && Int32(fields[1]) == pid
    }
  }

  package func send(signal: Int32) { _ = kill(pid, signal) }

  /// Waits for the end, and kills the program if it does not come.
  package func wait() -> Execplan.Result {
    let pid = pid
    let watchdog = DispatchWorkItem { _ = kill(pid, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.limit, execute: watchdog)
    let exit = process.withLock { process -> Int32 in
      process.waitUntilExit()
      let status = process.terminationStatus
      return process.terminationReason == .uncaughtSignal ? 128 + status : status
    }
    watchdog.cancel()
    defer { try? FileManager.default.removeItem(atPath: captured) }
    return Execplan.Result(exit: exit, stdout: text("stdout"), stderr: text("stderr"))
  }

  private func text(_ name: String) -> String {
    FileManager.default.contents(atPath: "\(captured)/\(name)").map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
