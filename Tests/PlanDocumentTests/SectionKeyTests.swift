internal import Foundation
internal import PlanDocument
internal import SourceText
internal import Testing

/// Compares the sections that are found in real plans with those that a person found by reading them.
/// Runs only where EXECPLAN_CORPUS names the folder with the plans: their text is not a part of this project.
@Suite struct SectionKeyTests {
  private static let corpus = ProcessInfo.processInfo.environment["EXECPLAN_CORPUS"]

  /// The sections of each file by its path: `LINE KIND`.
  private static func key() throws -> [String: Set<String>] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Corpus/markdown/sections.tsv")
    var key: [String: Set<String>] = [:]
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t")
      key[String(fields[0]), default: []].formUnion(fields[2] == "none" ? [] : ["\(fields[1]) \(fields[2])"])
    }
    return key
  }

  @Test(.enabled(if: corpus != nil)) func sectionsAreThoseThatAReaderFinds() throws {
    let folder = URL(fileURLWithPath: try #require(Self.corpus))
    let key = try Self.key()
    #expect(key.count >= 30)
    for (path, expected) in key.sorted(by: { $0.key < $1.key }) {
      let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(path)))
      let plan = MarkdownPlan.read(SourceFile(path: path, bytes: bytes))
      let found = Set(
        plan.sections.filter { $0.kind != .other }.map { section in
          "\(plan.source.location(of: section.heading.range.lowerBound).line) \(section.kind)"
        })
      #expect(found.subtracting(expected).sorted() == [], "\(path): not in the key")
      #expect(expected.subtracting(found).sorted() == [], "\(path): not found")
    }
  }
}
