internal import Diagnostics
internal import Foundation
internal import PlanDocument
internal import PlanLoading
internal import SourceText
internal import TestSupport
internal import Testing

/// Counts what the rules find in real plans. Runs only where EXECPLAN_CORPUS names a folder with `execplans`.
struct StandardCorpusTests {
  private static let folder = ProcessInfo.processInfo.environment["EXECPLAN_CORPUS"]

  private static func sources() throws -> [SourceFile] {
    let root = URL(fileURLWithPath: folder ?? "/nonexistent").appendingPathComponent("execplans")
    return try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".md") }.sorted().map {
      SourceFile(path: $0, bytes: Array(try Data(contentsOf: root.appendingPathComponent($0))))
    }
  }

  private static func writeFigures(_ plans: Int, _ files: [String: Int], _ counts: [String: Int]) throws {
    let rows = StandardRules.all.map(\.code).sorted().map { code in
      "    (\"\(code)\", \(files[code] ?? 0), \(counts[code] ?? 0)),\n"
    }
    let path = MarkdownPage.root + "/Sources/Commands/Language/StandardFigures.swift"
    var text = try String(contentsOfFile: path, encoding: .utf8)
    guard let start = text.firstRange(of: "  static let plans"), let end = text.firstRange(of: "\n  /// The table")
    else {
      throw CocoaError(.fileReadCorruptFile)
    }
    text.replaceSubrange(
      start.lowerBound..<end.lowerBound,
      with: "  static let plans = \(plans)\n  static let rows: [(code: String, files: Int, findings: Int)] = [\n"
        + rows.joined() + "  ]\n")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// Prints, for each rule, in how many files it finds something and how often; with EXECPLAN_CORPUS_LIST set
  /// to `all` every finding, and with a number as many of them as that, drawn at random with a fixed seed.
  @Test(.enabled(if: folder != nil)) func printsWhatRealPlansShow() throws {
    let sources = try Self.sources()
    var lines: [String] = []
    for level in StandardProfile.Level.allCases {
      var files: [String: Int] = [:]
      var counts: [String: Int] = [:]
      for source in sources {
        let findings = StandardFindings.of(source, StandardProfile(level: level))
        for code in Set(findings.map(\.rule.code)) { files[code, default: 0] += 1 }
        for finding in findings { counts[finding.rule.code, default: 0] += 1 }
        if level == .lenient {
          lines += findings.map { finding in
            let line = source.location(of: finding.range.lowerBound).line
            return "\(source.path):\(line): \(finding.severity.rawValue): \(finding.message) [\(finding.rule.code)]"
          }
        }
      }
      if level == .lenient, ProcessInfo.processInfo.environment["EXECPLAN_REGENERATE_FIGURES"] != nil {
        try Self.writeFigures(sources.count, files, counts)
      }
      print("== \(level.rawValue), \(sources.count) files")
      for rule in StandardRules.all {
        print(rule.code, rule.name, rule.severity.rawValue, files[rule.code] ?? 0, counts[rule.code] ?? 0)
      }
    }
    let list = ProcessInfo.processInfo.environment["EXECPLAN_CORPUS_LIST"]
    if let count = list.flatMap({ Int($0) }) {
      var generator = TestSupport.SeededGenerator(seed: 20)
      lines.shuffle(using: &generator)
      lines = Array(lines.prefix(count))
    } else if list != "all" {
      lines = []
    }
    for line in lines { print(line) }
    #expect(!sources.isEmpty)
  }
}
