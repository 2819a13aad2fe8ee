internal import Diagnostics
internal import SourceText
internal import Testing

@Suite struct DiagnosticCollectorTests {
  private static func rule(_ code: String, _ severity: Severity = .error) -> Rule {
    Rule(code, code.lowercased(), severity, summary: "s", explanation: "e", bad: "b", good: "g")
  }

  @Test func findingsAreSortedByPlaceThenCodeThenOrder() {
    var collector = DiagnosticCollector()
    collector.report(Self.rule("EP202"), SourceRange(start: 9, end: 10), "late")
    collector.report(Self.rule("EP202"), SourceRange(start: 1, end: 2), "second")
    collector.report(Self.rule("EP201"), SourceRange(start: 1, end: 2), "first")
    collector.report(Self.rule("EP202"), SourceRange(start: 1, end: 2), "third")
    #expect(collector.sorted().map(\.message) == ["first", "second", "third", "late"])
  }

  @Test func theSeverityIsThatOfTheRuleUnlessGiven() {
    let rule = Self.rule("EP401", .warning)
    #expect(Diagnostic(rule, .fileStart, "m").severity == .warning)
    #expect(Diagnostic(rule, .fileStart, "m", severity: .info).severity == .info)
  }

  @Test func onlyErrorsMakeAFileWrong() {
    var collector = DiagnosticCollector()
    collector.report(Self.rule("EP401", .warning), .fileStart, "m")
    #expect(!collector.hasErrors)
    collector.append(contentsOf: [Diagnostic(Self.rule("EP401"), .fileStart, "m")])
    #expect(collector.hasErrors)
    #expect(collector.diagnostics.count == 2)
  }

  @Test func severitiesAreOrdered() {
    #expect(Severity.allCases.sorted() == [.info, .warning, .error])
  }
}
