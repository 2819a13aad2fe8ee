internal import Foundation

/// A small web server on this machine, on a port that the system picks, which writes down what it is asked.
///
/// `web-server.py` beside this file says what its addresses do.
package final class WebServer: Sendable {
  package let folder: TemporaryFolder
  private let program: RunningProgram
  package let port: Int

  package var url: String { "http://127.0.0.1:\(port)" }

  package init() throws {
    folder = try TemporaryFolder()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("web-server.py")
    program = try RunningProgram(
      "/usr/bin/env", ["python3", "-u", script.path, folder.path], in: folder.path,
      env: ProcessInfo.processInfo.environment, stdin: nil)
    var port: Int?
    while port == nil, program.isRunning {
      if let line = program.stdoutSoFar.split(separator: "\n").first { port = Int(line) }
      usleep(2_000)
    }
    guard let port else { throw CocoaError(.executableLoad) }
    self.port = port
  }

  /// One request as the server got it.
  package struct Request {
    package var method: String
    package var path: String
    /// By name in lower case.
    package var headers: [String: String]
    package var body: String
  }

  /// What it was asked so far, in order.
  package var requests: [Request] {
    (folder.read("requests") ?? "").split(separator: "\n").compactMap { line in
      guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else { return nil }
      return Request(
        method: object["method"] as? String ?? "", path: object["path"] as? String ?? "",
        headers: object["headers"] as? [String: String] ?? [:], body: object["body"] as? String ?? "")
    }
  }

  /// Waits until something was asked whose path begins so; false when the program that asks has ended before.
  package func waitForRequest(_ path: String, from asking: RunningProgram) -> Bool {
    while asking.isRunning {
      if requests.contains(where: { $0.path.hasPrefix(path) }) { return true }
      usleep(5_000)
    }
    return requests.contains { $0.path.hasPrefix(path) }
  }

  /// Lets requests to `/hold/NAME` go on.
  package func release(_ name: String) throws { try folder.write("go-" + name, "") }

  package func stop() {
    program.send(signal: 9)
    _ = program.wait()
    folder.remove()
  }
}

/// Runs a test with a web server that is stopped afterwards.
package func withWebServer<Answer>(_ body: (WebServer) throws -> Answer) throws -> Answer {
  let server = try WebServer()
  defer { server.stop() }
  return try body(server)
}
