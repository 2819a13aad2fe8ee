internal import Foundation
internal import Testing

/// The Python programs that `.ci/tools` installs.
enum PythonTool {
  /// Where a program is; nil without it, which is a failure where tools are required.
  static func path(_ name: String) -> String? {
    let root = CorpusTests.folder.deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent(".tools/python/bin/\(name)").path
    if FileManager.default.isExecutableFile(atPath: path) { return path }
    if ProcessInfo.processInfo.environment["REQUIRE_TOOLS"] == "1" {
      Issue.record("\(name) is not there: run .ci/tools")
    } else {
      print("\(name) is not there (.ci/tools installs it): its tests are left out")
    }
    return nil
  }
}
