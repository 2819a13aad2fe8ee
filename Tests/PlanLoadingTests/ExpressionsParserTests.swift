import Diagnostics
import PlanLoading
import PlanModel
import SourceText
import TestSupport
import Testing

@Test(arguments: [
  ("1", "1"), ("-1", "-1"), ("1.50", "1.5"), ("2e3", "2000"), ("true", "true"), ("null", "null"),
  ("'it''s'", "\"it's\""), ("\"a'b\"", "\"a'b\""), ("'a\\'", "\"a\\\\\""),
  ("99999999999999999999", "1e+20"),
  ("params.load-date", "params.load-date"), ("params['a b']", "params.a b"), ("env.X == 'y'", "(env.X == \"y\")"),
  ("a_ == 1", "nothing"),
  ("steps.fetch-raw.values.x", "steps.fetch-raw.values.x"), ("steps['1.1'].values.x", "steps.1.1.values.x"),
  ("steps.1.1.values.x", "steps.1.1.values.x"), ("steps.a.b.status", "steps.a.b.status"),
  ("steps.a.values.status", "steps.a.values.status"), ("steps.a.values['k']", "steps.a.values.k"),
  ("steps.a.values.k.b[0]", "steps.a.values.k[\"b\"][0]"),
  ("steps.a.status == 'failed'", "(steps.a.status == \"failed\")"),
  ("!true && false || true", "(((! true) && false) || true)"),
  ("true || false && true", "(true || (false && true))"),
  ("1 < 2 == true", "((1 < 2) == true)"), ("!(1 == 2)", "(! (1 == 2))"),
  ("-params.n < 3", "((- params.n) < 3)"),
  ("true && false && true && false", "((true && false) && (true && false))"),
  ("default(state.at, '')", "default(state.at, \"\")"), ("failed()", "failed()"),
  ("fromJSON(params.j).a['b']", "fromJSON(params.j)[\"a\"][\"b\"]"),
  ("run.started_at", "run.started_at"), ("item.key", "item.key"), ("values.n", "values.n"),
  ("  params.a\n  == 'b' ", "(params.a == \"b\")"),
])
func expressionsAreReadByPrecedence(text: String, expected: String) {
  #expect(outline(parsedExpression(text).0) == expected)
}

@Test(arguments: [
  ("", ["EP501 0-0 expected a value, the expression ends here"]),
  ("params.a = 'b'", ["EP501 9-10 expected an operator or the end of the expression, found \"=\""]),
  ("params.a ==", ["EP501 11-11 expected a value, the expression ends here"]),
  ("(1 == 1", ["EP501 7-7 expected \")\", the expression ends here"]),
  ("1 < 2 < 3", ["EP501 6-7 comparisons cannot be chained"]),
  ("1 == 2 != 3", ["EP501 7-9 comparisons cannot be chained"]),
  ("'open", ["EP501 0-5 the text has no closing '"]),
  ("12ab", ["EP501 0-3 expected a number, found \"12a\""]),
  ("params", ["EP501 6-6 expected a name after \"params\", as in params.name, the expression ends here"]),
  ("params[0]", ["EP501 7-8 expected a name in quotes, as in params['name'], found \"0\""]),
  (
    "steps.a.outputs.x",
    ["EP501 7-17 expected \".values.NAME\" or \".status\" after the step \"a\", found \".outputs.x\""]
  ),
  ("é", ["EP501 0-2 expected a value, found \"é\""]),
  ("prod", ["EP502 0-4 unknown name \"prod\""]),
  (
    "param.x == contians(a, b)",
    [
      "EP502 0-5 unknown name \"param\"", "EP502 11-19 unknown function \"contians\"", "EP502 20-21 unknown name \"a\"",
      "EP502 23-24 unknown name \"b\"",
    ]
  ),
  ("run.date2", ["EP502 4-9 unknown member of \"run\" \"date2\""]),
  ("lower()", ["EP503 0-7 \"lower\" takes 1 argument, not 0"]),
  ("failed(1)", ["EP503 0-9 \"failed\" takes no arguments, not 1"]),
  ("date('a', 'b', 'c')", ["EP503 0-19 \"date\" takes 1 to 2 arguments, not 3"]),
])
func mistakesAreReportedAtTheirColumn(text: String, expected: [String]) {
  let (expression, collector) = parsedExpression(text)
  #expect(expression == nil)
  #expect(
    lines(collector).map { $0.replacing("an operator or the end of the expression", with: "an operator") }
      == expected.map { $0.replacing("an operator or the end of the expression", with: "an operator") })
}

@Test func aMisspeltNameGetsTheNearestOne() {
  let notes = parsedExpression("params.a == startWith('a', 'b')").1.diagnostics.flatMap(\.notes)
  #expect(notes.first == "did you mean \"startsWith\"?")
}

@Test func rangesOfPartsAreExact() throws {
  let text = "params.a == lower( env.B )"
  let expression = try #require(parsedExpression(text).0)
  #expect(expression.range == SourceRange(start: 0, end: 26))
  #expect(expression.references.map(\.range) == [SourceRange(start: 0, end: 8), SourceRange(start: 19, end: 24)])
}

@Test func depthAndLengthAreLimited() {
  let open = String(repeating: "(", count: 60)
  let close = String(repeating: ")", count: 60)
  #expect(parsedExpression(open + "1" + close).0 != nil)
  for text in [
    String(repeating: "(", count: 8000) + "1", String(repeating: "!", count: 8000) + "true",
    String(repeating: "lower(", count: 2000) + "'a'", "params.a" + String(repeating: "[0]", count: 2000),
    "params.a" + String(repeating: ".a", count: 5000), String(repeating: "params.a[", count: 1500) + "1",
  ] {
    let (expression, collector) = parsedExpression(text)
    #expect(expression == nil)
    #expect(collector.diagnostics.first?.message == "the expression is nested deeper than 64 levels")
  }
  #expect(parsedExpression(String(repeating: " ", count: 17000) + "1").0 == nil)
  // A long chain of one operator is shallow.
  #expect(parsedExpression("true" + String(repeating: "&&true", count: 2000)).0 != nil)
}

@Test func templatesKeepTextAndExpressionsApart() throws {
  let text = "a-${{ params.x }}-$${{ b }}-${{'}}'}}$"
  let parsed = try #require(parsedTemplate(text).0)
  #expect(parsed.template.segments.count == 5)
  #expect(parsed.template.segments[0] == .literal("a-"))
  #expect(parsed.template.segments[2] == .literal("-${{ b }}-"))
  #expect(parsed.template.segments[4] == .literal("$"))
  #expect(parsed.placeholders.map { $0.lowerBound } == [2, 28])
  #expect(parsed.template.range == SourceRange(start: 0, end: text.utf8.count))
  #expect(parsedTemplate("${{ params.x }}").0?.template.soleExpression != nil)
  #expect(parsedTemplate("no ${marks} here {{ }}").0?.template.literal == "no ${marks} here {{ }}")
}

@Test(arguments: [
  ("a ${{ params.x", "EP504 2-5 \"${{\" has no closing \"}}\""),
  ("a ${{ 'x }} b", "EP504 6-13 a quoted text in the expression is not closed"),
  ("${{ }}", "EP501 4-4 expected a value, the expression ends here"),
  ("${{ a.b }} ${{ 1 }}", "EP502 4-5 unknown name \"a\""),
])
func brokenMarksAreReported(text: String, expected: String) {
  let (template, collector) = parsedTemplate(text)
  #expect(template == nil)
  #expect(lines(collector) == [expected])
}

@Test func aConditionMayStandInMarksOrWithout() {
  func bare(_ text: String) -> (String, [String]) {
    var collector = DiagnosticCollector()
    let expression = TemplateParser.parseBare(TextOrigin(text: text), into: &collector)
    return (outline(expression), lines(collector))
  }
  #expect(bare("params.a == 'x'").0 == "(params.a == \"x\")")
  #expect(bare(" ${{ params.a == 'x' }} ").0 == "(params.a == \"x\")")
  #expect(bare("${{ params.a }} == 'x'").1 == ["EP501 16-22 expected the end of the condition after \"}}\""])
  #expect(bare("${{ params.a").1 == ["EP504 0-3 \"${{\" has no closing \"}}\""])
}

@Test func rangesGoThroughTheOrigin() {
  var collector = DiagnosticCollector()
  let origin = TextOrigin(text: "x == 1") { SourceRange(start: 100 + 2 * $0.lowerBound, end: 100 + 2 * $0.upperBound) }
  _ = ExpressionParser.parse(origin, into: &collector)
  #expect(lines(collector) == ["EP502 100-102 unknown name \"x\""])
}

@Test func randomTextNeverTrapsAndRangesStayInside() {
  var random = SeededGenerator(seed: 7)
  let pieces = [
    "params", ".", "[", "]", "(", ")", "'", "\"", "${{", "}}", "$", " ", "\n", "steps", "values", "status", "==", "<=",
    "!", "-", "&&", "||", "1", "0.5e9", "lower", ",", "é", "\u{0}", "a-b", "fromJSON(", "item", "#", "`", "\\", "<<EOF",
    "{", "}", ";", "|", "&", ">", "case x in", "esac", "((", "))", "[[", "]]", "eval ", "--", "/*", "*/",
  ]
  for _ in 0..<20_000 {
    var text = ""
    for _ in 0..<Int.random(in: 0..<14, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
    let count = text.utf8.count
    var collector = DiagnosticCollector()
    let origin = TextOrigin(text: text)
    if let expression = ExpressionParser.parse(origin, into: &collector) {
      #expect(expression.range.upperBound <= count)
      var checker = ExpressionChecker(DeclaredNames())
      checker.check(expression, in: FieldContext("when", .atRunTime), into: &collector)
    }
    _ = TemplateParser.parseBare(origin, into: &collector)
    if let parsed = TemplateParser.parse(origin, into: &collector) {
      for shell in ["bash", "sh", "zsh"] {
        _ = ShellTextBuilder.build(parsed, for: Interpreter([shell, "-c"]), into: &collector)
      }
      _ = SQLTextBuilder.build(parsed, into: &collector)
    }
    #expect(collector.diagnostics.allSatisfy { $0.range.upperBound <= count }, "\(text)")
  }
}
