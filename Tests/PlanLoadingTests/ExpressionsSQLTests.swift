import Diagnostics
import PlanLoading
import PlanModel
import SourceText
import Testing

private func build(_ text: String) -> (SQLText?, [String]) {
  guard let parsed = parsedTemplate(text).0 else { return (nil, []) }
  var collector = DiagnosticCollector()
  let sql = SQLTextBuilder.build(parsed, into: &collector)
  return (sql, lines(collector))
}

@Test func expressionsBecomeBoundParameters() {
  let (sql, problems) = build(
    "select 'it''s', \"a\"\"b\", [x'y] -- don't\n /* ' */ from t where a = ${{ params.a }} and b in (${{ params.b }})")
  #expect(problems == [])
  #expect(sql?.text.hasSuffix("where a = ?1 and b in (?2)") == true)
  #expect(sql?.bindings.map { $0.references.map(\.value) } == [[.parameter("a")], [.parameter("b")]])
  #expect(build("select 'a' ':x ?'").0?.bindings.isEmpty == true)
}

@Test(arguments: [
  ("where d = '", "'", "inside a quoted text"), ("where d = 'a''", "'", "inside a quoted text"),
  ("select \"", "\"", "inside a quoted name"), ("select `", "`", "inside a quoted name"),
  ("select [", "]", "inside a quoted name"), ("select 1 -- ", "\n", "inside a comment"),
  ("select 1 /*/ ", " */", "inside a comment"),
])
func expressionsInQuotesAreRefused(before: String, after: String, reason: String) {
  let start = before.utf8.count
  #expect(
    build(before + "${{ params.a }}" + after).1 == [
      "EP511 \(start)-\(start + 15) an expression cannot stand \(reason)"
    ])
}

@Test func expressionsAreValuesOfTheirOwn() {
  for text in ["from t_${{ params.a }}", "a${{ params.a }}", "= ${{ params.a }}${{ params.a }}", "'x'${{ params.a }}"] {
    #expect(build(text).1.first?.contains("not a part of a word") == true, "\(text)")
  }
  #expect(build("a = ${{ params.a }}, b = :name").1.count == 1)
  #expect(build("a = ${{ params.a }}, b = ?").1.count == 1)
  #expect(build("a - ${{ params.a }} -- ok ' :x").1 == [])
}

@Test func expressionsForPostgresAreNumberedValues() {
  guard
    let parsed = parsedTemplate("select ${{ params.a }}::date, a[1:${{ params.b }}] where x->>'k' = ${{ params.a }}").0
  else { return }
  var collector = DiagnosticCollector()
  let sql = SQLTextBuilder.build(parsed, for: .postgres, into: &collector)
  #expect(sql?.text == "select $1::date, a[1:$2] where x->>'k' = $3")
  #expect(lines(collector) == [])
}

@Test(arguments: [
  ("e'\\'", "'"), ("$x$ ", "$x$"), ("/* /* */", "*/"), ("U&\"", "\""), ("t_", ""), ("1", ""), ("'a'", ""), ("", "'a'"),
  ("", "x"),
])
func expressionsForPostgresStandAlone(before: String, after: String) {
  guard let parsed = parsedTemplate("select " + before + "${{ params.a }}" + after).0 else { return }
  var collector = DiagnosticCollector()
  #expect(SQLTextBuilder.build(parsed, for: .postgres, into: &collector) == nil)
  #expect(lines(collector).count == 1)
}
