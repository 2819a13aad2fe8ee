internal import Foundation
internal import TestSupport
internal import Testing

/// A markdown plan means the same after a formatter wrote it anew.
struct MarkdownFormatTests {
  private static let plans = CorpusTests.plans("ok").filter { $0.hasSuffix(".md") }

  @Test(arguments: plans) func formattingKeepsTheMeaning(name: String) throws {
    guard let formatter = PythonTool.path("mdformat") else { return }
    let text = try Data(contentsOf: CorpusTests.folder.appendingPathComponent("ok/" + name))
    try withTemporaryFolder { folder in
      let file = URL(fileURLWithPath: folder.path("plan.md"))
      try text.write(to: file)
      let before = try Self.views(folder)
      for options in [[], ["--wrap", "80"], ["--wrap", "no"]] {
        try text.write(to: file)
        let formatted = try Execplan.runOther(formatter, options + ["plan.md"], in: folder)
        #expect(formatted.exit == 0, "\(formatted.stderr)")
        let after = try Self.views(folder)
        for (one, other) in zip(before, after) { #expect(one == other, "mdformat \(options.joined(separator: " "))") }
      }
    }
  }

  /// What `show`, `plan` and `graph` say, without places.
  static func views(_ folder: TemporaryFolder) throws -> [String] {
    try ["show", "plan", "graph"].map { command in
      let result = try Execplan.run([command, "plan.md", "--format", "json"], in: folder)
      #expect(result.exit == 0, "\(result.stdout)\(result.stderr)")
      let object = try JSONSerialization.jsonObject(with: Data(result.stdout.utf8))
      let bare = try JSONSerialization.data(withJSONObject: withoutPlaces(object), options: [.sortedKeys])
      return String(decoding: bare, as: UTF8.self)
    }
  }

  private static func withoutPlaces(_ value: Any) -> Any {
    if let list = value as? [Any] { return list.map(withoutPlaces) }
    guard let object = value as? [String: Any] else { return value }
    return object.filter { !["line", "column", "end_line", "end_column"].contains($0.key) }.mapValues(withoutPlaces)
  }
}
