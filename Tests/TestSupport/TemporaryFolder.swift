internal import Foundation

/// A fresh folder for one test; removed with `remove()`.
package struct TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("execplan-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  package func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Whether a process has the folder as its working directory.
  package func isBusy() throws -> Bool {
    let files = FileManager.default
    return try files.contentsOfDirectory(atPath: "/proc").contains { name in
      Int32(name) != nil && (try? files.destinationOfSymbolicLink(atPath: "/proc/\(name)/cwd")) == path
    }
  }

  /// The path of a name inside.
  package func path(_ name: String) -> String { path + "/" + name }

  /// Writes a file, making the folders above it.
  package func write(_ name: String, _ text: String) throws {
    let file = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// The content of a file, nil if there is none.
  package func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
  }
}
