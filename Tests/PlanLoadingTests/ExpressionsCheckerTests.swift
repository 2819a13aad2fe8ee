import Diagnostics
import PlanLoading
import PlanModel
import Testing

private let names = DeclaredNames(
  parameters: ["env": .string, "rows": .int, "day": .date, "list": .list, "map": .map, "flag": .bool],
  environment: ["TZ", "HOLDS"], secrets: ["S"], secretEnvironment: ["HOLDS"],
  steps: ["fetch": .any, "count": .keys(["n", "total"])])

private func problems(_ text: String, _ roots: FieldContext.Roots = .atRunTime, asCondition: Bool = false) -> [String] {
  var collector = DiagnosticCollector()
  guard let expression = ExpressionParser.parse(TextOrigin(text: text), into: &collector) else {
    return lines(collector)
  }
  var checker = ExpressionChecker(names)
  let field = FieldContext("when", roots)
  if asCondition {
    checker.checkCondition(expression, in: field, into: &collector)
  } else {
    checker.check(expression, in: field, into: &collector)
  }
  return lines(collector)
}

@Test(arguments: [
  "params.env == 'prod' && params.rows > 5", "env.TZ == 'UTC'", "env.TZ > 5", "steps.fetch.values.anything > 5",
  "steps.count.values.n == 5", "steps.fetch.status == 'skipped'", "state.at == ''", "run.resumed || false",
  "params.list[0] == 1", "params.map.key == 1", "join(params.list, ' ') == 'a'", "contains(params.list, 3)",
  "default(steps.fetch.values.x, 3) == 3", "exists('out/*.csv')", "exists(state.at)", "params.env == 5",
  "env.TZ == true", "date(params.day, '-1d') == '2026-01-01'", "skipped('fetch')", "failed()", "has(secrets.S)",
  "format('{0}', params.rows) == '1'",
  "plan.title == 'x'", "params.flag", "!params.flag", "-params.rows < 0", "params.env == null",
])
func soundConditionsPass(text: String) {
  #expect(problems(text, asCondition: true) == [])
}

@Test(arguments: [
  ("params.stage == 1", "EP506 0-12 unknown param \"stage\""), ("env.PATH", "EP506 0-8 unknown env \"PATH\""),
  ("steps.ftch.values.x", "EP506 0-19 unknown step \"ftch\""), ("skipped('x')", "EP506 8-11 unknown step \"x\""),
  ("steps.count.values.m", "EP506 0-20 the step \"count\" has no value \"m\""),
  ("secrets.S", "EP507 0-9 \"secrets\" is not available in \"when\""),
  ("has(secrets.X)", "EP506 4-13 unknown secret \"X\""),
  ("env.HOLDS == 'x'", "EP507 0-9 \"env.HOLDS\" holds a secret, so no expression can read it"),
  ("item.key", "EP507 0-8 \"item\" is not available in \"when\""),
  ("values.x", "EP507 0-8 \"values\" is not available in \"when\""),
  ("params.list == 1", "EP505 0-16 a list is never equal to a whole number"),
  ("params.flag == 3", "EP505 0-16 true or false is never equal to a whole number"),
  ("'a' == 3", "EP505 0-8 a text is never equal to a whole number"),
  ("'yes' == params.flag", "EP505 0-20 a text is never equal to true or false"),
  ("params.flag > 3", "EP505 0-11 \">\" compares numbers, not true or false"),
  ("'a' < 3", "EP505 0-3 \"<\" compares numbers, not a text"),
  ("params.day < 3", "EP505 0-10 \"<\" compares numbers, not a date"),
  ("params.rows && true", "EP505 0-11 \"&&\" needs true or false, not a whole number"),
  ("!params.env", "EP505 1-11 \"!\" needs true or false, not a text"),
  ("-params.env", "EP505 1-11 \"-\" needs a number, not a text"),
  ("steps.fetch.status == 'failled'", "EP505 22-31 a status is never \"failled\""),
  ("params.env.x", "EP505 11-12 a text has no parts to index"),
  ("params.list.x", "EP505 12-13 a list is indexed by a number, not a text"),
  ("join(params.env)", "EP505 5-15 \"join\" needs a list, not a text"),
  ("lower(params.list)", "EP505 6-17 \"lower\" needs a text here, not a list"),
  ("format('{1}', 'a')", "EP505 7-12 \"{1}\" has no value; the format is given 1"),
  ("date('x')", "EP505 5-8 \"x\" is not a date"),
  ("date(params.day, '1y')", "EP505 17-21 \"1y\" is not an offset of days or weeks"),
  ("skipped(params.env)", "EP505 8-18 \"skipped\" needs the id of a step in quotes"),
])
func unsoundExpressionsAreReported(text: String, expected: String) {
  #expect(problems(text) == [expected])
}

@Test func aConditionIsTrueOrFalse() {
  #expect(problems("params.rows", asCondition: true) == ["EP505 0-11 \"when\" needs true or false, not a whole number"])
  #expect(problems("state.x", asCondition: true) == [])
}

@Test func staticFieldsReadNothingOfTheRun() {
  #expect(problems("params.env == plan.id", []) == [])
  for text in [
    "steps.fetch.values.x", "steps.fetch.status", "state.x", "run.date", "failed()", "exists('a')", "hashFiles('a')",
  ] {
    #expect(problems(text, []).count == 1, "\(text)")
    #expect(problems(text, []).first?.hasPrefix("EP507") == true, "\(text)")
  }
}

@Test func listsAndMapsAreNoText() throws {
  var checker = ExpressionChecker(names)
  let field = FieldContext("run", .atRunTime)
  for (text, expected) in [
    ("x ${{ params.list }}", 1), ("${{ params.map }}", 1), ("${{ toJSON(params.map) }}", 0), ("${{ params.day }}", 0),
  ] {
    var collector = DiagnosticCollector()
    checker.checkText(try #require(parsedTemplate(text).0).template, in: field, into: &collector)
    #expect(collector.diagnostics.count == expected, "\(text)")
  }
  var collector = DiagnosticCollector()
  let sole = try #require(parsedTemplate("${{ params.list }}").0).template
  #expect(checker.checkValue(sole, in: field, into: &collector) == .list)
  #expect(collector.diagnostics.isEmpty)
}

@Test func aNearNameIsNamed() {
  var collector = DiagnosticCollector()
  var checker = ExpressionChecker(names)
  if let expression = parsedExpression("params.row").0 {
    checker.check(expression, in: FieldContext("when", []), into: &collector)
  }
  #expect(collector.diagnostics.first?.notes.first == "did you mean \"rows\"?")
}

@Test func everyRuleOfExpressionsIsListedOnce() {
  let codes = ExpressionRules.all.map(\.code)
  #expect(Set(codes).count == codes.count)
  #expect(codes == codes.sorted())
  #expect(
    ExpressionRules.all.allSatisfy {
      $0.bad != $0.good && $0.bad.hasPrefix("execplan: 1\n") && $0.good.contains("steps:")
    })
}
