internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import SourceText
internal import TestSupport
internal import Testing

struct StandardExampleTests {
  /// The rules that find something under `codex` only.
  static let codexOnly: Set = ["EP603", "EP703"]
  private static let files = SomeFiles(paths: ["scripts", "scripts/check.py"])

  private static func findings(_ text: String, _ rule: Rule) -> [Diagnostic] {
    StandardFindings.of(text, StandardProfile(level: codexOnly.contains(rule.code) ? .codex : .lenient), files: files)
  }

  @Test(arguments: StandardRules.all.map(\.code)) func examplesShowWhatTheySay(code: String) throws {
    let rule = try #require(StandardRules.all.first { $0.code == code })
    let bad = Self.findings(rule.bad, rule)
    // What a project requires stands in its configuration.
    if code != "EP616" { #expect(bad.contains { $0.rule.code == code }, "\(bad.map(\.rule.code))") }
    let good = Self.findings(rule.good, rule)
    #expect(!good.contains { $0.rule.code == code }, "\(good.map(\.message))")
    // What an example leaves out for shortness is no more than sections that are not living ones.
    for findings in [rule.bad.isEmpty ? [] : bad, good] {
      let others = findings.filter { $0.rule.code != code && $0.rule.code != "EP601" }
      #expect(others.isEmpty, "\(others.map { "\($0.rule.code) \($0.message)" })")
    }
  }

  @Test(arguments: StandardRules.all.map(\.code)) func fixesRemoveTheFinding(code: String) throws {
    let rule = try #require(StandardRules.all.first { $0.code == code })
    let bad = Self.findings(rule.bad, rule).filter { $0.rule.code == code }
    let fixes = bad.compactMap(\.fix)
    if fixes.isEmpty { return }
    let fixed = SourceEditor.apply(fixes, to: Array(rule.bad.utf8))
    #expect(!fixed.applied.isEmpty)
    let after = Self.findings(String(decoding: fixed.bytes, as: UTF8.self), rule).filter { $0.rule.code == code }
    #expect(after.count < bad.count)
  }

  @Test func codesAndNamesAreUnique() {
    #expect(Set(StandardRules.all.map(\.code)).count == StandardRules.all.count)
    #expect(Set(StandardRules.all.map(\.name)).count == StandardRules.all.count)
  }
}
