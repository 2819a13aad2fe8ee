internal import Diagnostics
internal import TestSupport
internal import Testing
internal import YAML

@Suite struct RuleTests {
  @Test func everyRuleFindsItsBadExampleAndNotItsGoodOne() {
    let problems = RuleExamples.problems(of: YAMLRules.all) { source in
      var collector = DiagnosticCollector()
      _ = YAMLParser.parse(source, into: &collector)
      return collector.diagnostics
    }
    #expect(problems == [])
  }

  @Test func rulesAreOfTheSyntaxFamilyInOrder() {
    #expect(YAMLRules.all.map(\.code) == YAMLRules.all.map(\.code).sorted())
    #expect(YAMLRules.all.allSatisfy { $0.code.hasPrefix("EP1") })
  }
}
