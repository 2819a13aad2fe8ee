internal import Foundation
internal import Glibc
internal import Synchronization

/// A program that a test started. Its output goes to files: a full pipe can never hold it up.
///
/// It is killed when it has not ended within ten minutes, whoever waits for it and however, so that no test can hang;
/// what it wrote says so then.
package final class RunningProgram: Sendable {
  private static let limit: DispatchTimeInterval = .seconds(600)

  private struct State {
    /// As a shell says it; nil while the program runs.
    var exit: Int32?
    var tookTooLong = false
  }

  private let state = Mutex(State())
  private let captured: String
  package let pid: Int32

  package init(
    _ program: String, _ arguments: [String], in folder: String, env: [String: String], stdin: String?
  ) throws {
    let files = FileManager.default
    let captured = files.temporaryDirectory.appendingPathComponent("execplan-output-\(UUID().uuidString)").path
    try files.createDirectory(atPath: captured, withIntermediateDirectories: true)
    for (name, content) in [("stdout", ""), ("stderr", ""), ("stdin", stdin ?? "")] {
      try Data(content.utf8).write(to: URL(fileURLWithPath: "\(captured)/\(name)"))
    }
    let names = ["stdin", "stdout", "stderr"]
    let streams = try names.map { try Self.open("\(captured)/\($0)", forWriting: $0 != "stdin") }
    pid = try SpawnedProcess.start(program, arguments, in: folder, env: env, descriptors: streams.map(\.fileDescriptor))
    self.captured = captured
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.limit) { [weak self] in self?.killForBeingSlow() }
  }

  private static func open(_ path: String, forWriting: Bool) throws -> FileHandle {
    let url = URL(fileURLWithPath: path)
    return forWriting ? try FileHandle(forWritingTo: url) : try FileHandle(forReadingFrom: url)
  }

  /// What it has written to standard output so far.
  package var stdoutSoFar: String { text("stdout") }
  /// What it has written to standard error so far.
  package var stderrSoFar: String { text("stderr") }

  package var isRunning: Bool { exitSoFar == nil }

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

  /// Nothing is sent to a program that has ended: its number may be another's.
  package func send(signal: Int32) {
    state.withLock { state in
      if takeExit(&state) == nil { kill(pid, signal) }
    }
  }

  /// Waits for the end.
  package func wait() -> Execplan.Result {
    SpawnedProcess.waitForEnd(of: pid)
    let exit = exitSoFar ?? -1
    defer { try? FileManager.default.removeItem(atPath: captured) }
    let note = state.withLock(\.tookTooLong) ? "\n[killed by the test: it ran for ten minutes]\n" : ""
    return Execplan.Result(exit: exit, stdout: text("stdout"), stderr: text("stderr") + note)
  }

  private var exitSoFar: Int32? { state.withLock { takeExit(&$0) } }

  private func takeExit(_ state: inout State) -> Int32? {
    if state.exit == nil { state.exit = SpawnedProcess.takeExit(of: pid) }
    return state.exit
  }

  private func killForBeingSlow() {
    state.withLock { state in
      guard takeExit(&state) == nil else { return }
      state.tookTooLong = true
      kill(pid, SIGKILL)
    }
  }

  private func text(_ name: String) -> String {
    FileManager.default.contents(atPath: "\(captured)/\(name)").map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
