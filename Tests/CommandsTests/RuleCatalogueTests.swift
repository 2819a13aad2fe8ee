internal import Diagnostics
internal import SourceText
internal import Testing

@testable internal import Commands

struct RuleCatalogueTests {
  /// What one plan can't show: a graph of millions of edges, a file that can't be read, a second file, files of the
  /// project, its configuration.
  static let beyondOnePlan: Set = ["EP318", "EP111", "EP224", "EP319", "EP324", "EP612", "EP616"]

  @Test func codesAndNamesAreUniqueAndWellFormed() throws {
    let rules = RuleCatalogue.all
    #expect(Set(rules.map(\.code)).count == rules.count)
    #expect(Set(rules.map(\.name)).count == rules.count)
    for rule in rules {
      #expect(rule.code.wholeMatch(of: /EP[1-8][0-9][0-9]/) != nil)
      #expect(rule.name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
      #expect(RuleFamily(code: rule.code) != nil)
      #expect(!rule.summary.isEmpty && !rule.summary.hasSuffix(".") && !rule.explanation.isEmpty)
    }
  }

  @Test(arguments: RuleCatalogue.all.map(\.code)) func examplesShowWhatTheySay(code: String) throws {
    let rule = try #require(RuleCatalogue.rule(code))
    let good = LoadedExample.findings(rule.good, of: rule)
    // Short examples lack sections, and under the standard codex each of them is an error.
    #expect(
      !good.contains { $0.rule.code == code || ($0.severity == .error && $0.rule.code != "EP601") },
      "\(good.map(\.message))")
    if Self.beyondOnePlan.contains(code) { return }
    let bad = LoadedExample.findings(rule.bad, of: rule)
    #expect(bad.contains { $0.rule.code == code }, "\(bad.map { "\($0.rule.code) \($0.message)" })")
  }

  @Test(arguments: RuleCatalogue.all.map(\.code)) func safeRepairsRemoveTheFinding(code: String) throws {
    let rule = try #require(RuleCatalogue.rule(code))
    let loaded = LoadedExample.load(rule.bad, of: rule)
    for diagnostic in loaded.diagnostics where diagnostic.fix?.isSafe == true {
      let fix = try #require(diagnostic.fix)
      var bytes = loaded.source.bytes
      for part in fix.replacements.sorted(by: { $0.range > $1.range }) {
        bytes.replaceSubrange(part.range.lowerBound..<part.range.upperBound, with: part.text.utf8)
      }
      let after = LoadedExample.load(String(decoding: bytes, as: UTF8.self), of: rule).diagnostics.count {
        $0.rule.code == diagnostic.rule.code
      }
      let before = loaded.diagnostics.count { $0.rule.code == diagnostic.rule.code }
      #expect(after < before)
    }
  }

  @Test func rulesAreFoundByCodeNameAndBoth() {
    for word in ["EP201", "ep201", "unknown-key", "EP201-unknown-key"] {
      #expect(RuleCatalogue.rule(word)?.code == "EP201")
    }
    #expect(RuleCatalogue.rule("EP2") == nil)
    #expect(RuleCatalogue.nearest("unknwon-key") == "unknown-key")
  }

  @Test func selectionTakesCodesNamesAndFamilies() throws {
    let key = Diagnostic(try #require(RuleCatalogue.rule("EP201")), .fileStart, "x")
    let race = Diagnostic(try #require(RuleCatalogue.rule("EP305")), .fileStart, "x")
    func left(_ select: [String], _ ignore: [String]) throws -> [String] {
      let selection = try RuleSelection(select: select, ignore: ignore)
      return [key, race].filter { selection.includes($0) }.map(\.rule.code)
    }
    #expect(try left([], []) == ["EP201", "EP305"])
    #expect(try left(["EP2"], []) == ["EP201"])
    #expect(try left(["ep3xx"], []) == ["EP305"])
    #expect(try left(["EP2,EP3"], ["write-race"]) == ["EP201"])
    #expect(try left([], ["EP2XX"]) == ["EP305"])
    #expect(try left(["EP7"], []) == [])
    for word in ["EP", "EP9", "EP20", "nonsense", ""] {
      #expect(throws: UsageError.self) { try RuleSelection(select: [word], ignore: []) }
    }
  }
}
