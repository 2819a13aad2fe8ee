import PlanModel
import SourceText
import Testing

/// A world that a test writes down.
private struct Scope: EvaluationScope {
  var values: [Reference: Value] = [:]
  var unknown: Set<Reference> = []
  var files: Set<String> = []
  var hasFailures = false

  func value(of reference: Reference) throws(EvaluationError) -> Value? {
    if unknown.contains(reference) { throw EvaluationError(.unknown(step: reference.step ?? ""), "not known yet") }
    return values[reference]
  }
  func fileExists(matching glob: String) throws(EvaluationError) -> Bool { files.contains(glob) }
  func hashFiles(_ globs: [String]) throws(EvaluationError) -> String { globs.joined(separator: "+") }
  func secretExists(_ name: String) throws(EvaluationError) -> Bool { name == "known" }
  func hasFailed() throws(EvaluationError) -> Bool { hasFailures }
  func hasSucceeded() throws(EvaluationError) -> Bool { !hasFailures }
  func isSkipped(_ step: String) throws(EvaluationError) -> Bool { step == "s" }
}

private let here = SourceRange(start: 3, end: 9)
private func lit(_ value: Value) -> Expression { .literal(value, here) }
private func text(_ value: String) -> Expression { .literal(.string(value), here) }
private func ref(_ reference: Reference) -> Expression { .reference(reference, here) }
private func call(_ function: Function, _ arguments: Expression...) -> Expression { .call(function, arguments, here) }
private func binary(_ op: Expression.BinaryOperator, _ a: Value, _ b: Value) -> Expression {
  .binary(op, lit(a), lit(b), here)
}

private func message(_ expression: Expression, _ scope: Scope = Scope()) -> String {
  do throws(EvaluationError) {
    return "value \(try expression.evaluate(in: scope))"
  } catch {
    return error.message
  }
}

@Test(arguments: [
  (Value.int(1), Value.int(1), true), (.int(1), .string("1"), true), (.int(1), .string("1.0"), true),
  (.string("1"), .string("1.0"), false), (.string("a"), .int(1), false), (.double(0.5), .string("5e-1"), true),
  (.int(9_007_199_254_740_993), .string("9007199254740992"), false), (.bool(true), .string("true"), true),
  (.bool(true), .string("yes"), false), (.bool(true), .int(1), false), (.null, .null, true),
  (.null, .string(""), false),
  (.list([.int(1)]), .list([.string("1")]), true), (.list([]), .list([.null]), false), (.int(0), .string("nan"), false),
  (.map([.init("a", .int(1)), .init("b", .int(2))]), .map([.init("b", .int(2)), .init("a", .int(1))]), true),
  (.map([.init("a", .int(1))]), .map([.init("b", .int(1))]), false), (.int(16), .string("0x10"), false),
  (.string("é"), .string("e\u{301}"), false),
])
func equalityKnowsNumbersInTexts(a: Value, b: Value, expected: Bool) throws {
  #expect(a.equals(b) == expected)
  #expect(b.equals(a) == expected)
  #expect(try binary(.notEqual, a, b).evaluate(in: Scope()) == .bool(!expected))
}

@Test func orderComparesNumbersOnly() throws {
  #expect(try binary(.less, .string("9"), .int(10)).evaluate(in: Scope()) == .bool(true))
  #expect(try binary(.greaterOrEqual, .double(2), .int(2)).evaluate(in: Scope()) == .bool(true))
  #expect(try binary(.lessOrEqual, .int(3), .string("2.5")).evaluate(in: Scope()) == .bool(false))
  #expect(try binary(.greater, .string("1"), .string("1")).evaluate(in: Scope()) == .bool(false))
  #expect(message(binary(.less, .string("abc"), .int(1))) == "\"<\" compares numbers, and \"abc\" is not one")
  #expect(message(binary(.greater, .int(1), .list([]))) == "\">\" compares numbers, and \"[]\" is not one")
}

@Test func conditionsShortCircuitAndWantBools() throws {
  let absent = ref(.state("x"))
  #expect(try Expression.binary(.and, lit(.bool(false)), absent, here).evaluate(in: Scope()) == .bool(false))
  #expect(try Expression.binary(.or, lit(.bool(true)), absent, here).evaluate(in: Scope()) == .bool(true))
  #expect(message(binary(.and, .bool(true), .string("yes"))) == "&& needs true or false, not \"yes\"")
  #expect(message(.unary(.not, lit(.int(1)), here)) == "! needs true or false, not \"1\"")
  #expect(throws: EvaluationError.self) { try text("true").evaluateCondition(in: Scope()) }
  #expect(try lit(.bool(true)).evaluateCondition(in: Scope()))
}

@Test func anAbsentValueIsAnErrorUnlessAskedFor() throws {
  let reference = Reference.stepValue(step: "a", key: "n")
  let absent = ref(reference)
  let scope = Scope(values: [.state("s"): .null, .parameter("l"): .list([.int(7)])])
  #expect(throws: EvaluationError.absent(reference, here)) { try absent.evaluate(in: scope) }
  #expect(try call(.default, absent, text("d")).evaluate(in: scope) == .string("d"))
  #expect(try call(.default, ref(.state("s")), text("d")).evaluate(in: scope) == .string("d"))
  #expect(try call(.default, text("v"), absent).evaluate(in: scope) == .string("v"))
  #expect(try call(.exists, absent).evaluate(in: scope) == .bool(false))
  #expect(try call(.exists, ref(.parameter("l"))).evaluate(in: scope) == .bool(true))
  let ninth = Expression.index(ref(.parameter("l")), lit(.int(9)), here)
  #expect(try call(.exists, ninth).evaluate(in: scope) == .bool(false))
  #expect(message(ninth, scope) == "the list has no item 9, only 1")
  #expect(message(.index(ref(.parameter("l")), lit(.int(-1)), here), scope) == "the list has no item -1, only 1")
  // An error in the value is not an absence.
  #expect(throws: EvaluationError.self) {
    try call(.default, call(.fromJSON, text("{")), text("d")).evaluate(in: scope)
  }
}

@Test func whatIsNotKnownYetIsThrownWithItsPlace() {
  let reference = Reference.stepValue(step: "a", key: "n")
  let scope = Scope(unknown: [reference])
  #expect(throws: EvaluationError(.unknown(step: "a"), "not known yet", here)) {
    try ref(reference).evaluate(in: scope)
  }
  #expect(throws: EvaluationError.self) { try call(.default, ref(reference), text("d")).evaluate(in: scope) }
}

@Test func functionsGiveTheirValues() throws {
  let scope = Scope(files: ["*.csv"], hasFailures: true)
  let list = lit(.list([.string("a"), .int(2)]))
  for (expression, expected) in [
    (call(.contains, text("hello"), text("ell")), Value.bool(true)), (call(.contains, list, text("2")), .bool(true)),
    (call(.contains, text("aab"), text("ab")), .bool(true)), (call(.contains, text("x"), text("")), .bool(true)),
    (call(.startsWith, text("abc"), text("ab")), .bool(true)), (call(.endsWith, text("abc"), text("ab")), .bool(false)),
    (call(.join, list), .string("a,2")), (call(.join, list, text("; ")), .string("a; 2")),
    (call(.split, text("a,,b"), text(",")), .list([.string("a"), .string(""), .string("b")])),
    (call(.split, text(""), text(",")), .list([.string("")])),
    (call(.format, text("{1}-{0} {{x}}"), text("a"), lit(.int(3))), .string("3-a {x}")),
    (call(.toJSON, list), .string("[\"a\",2]")),
    (call(.fromJSON, text("{\"k\":[1]}")), .map([.init("k", .list([.int(1)]))])),
    (call(.hashFiles, text("a"), text("b")), .string("a+b")), (call(.exists, text("*.csv")), .bool(true)),
    (call(.exists, text("*.json")), .bool(false)), (call(.lower, text("ÄB")), .string("äb")),
    (call(.upper, text("äb")), .string("ÄB")),
    (call(.failed), .bool(true)), (call(.succeeded), .bool(false)), (call(.skipped, text("s")), .bool(true)),
    (call(.has, ref(.secret("known"))), .bool(true)), (call(.has, ref(.secret("other"))), .bool(false)),
    (call(.date, text("2026-03-01"), text("-1d")), .string("2026-02-28")),
    (call(.date, text("2024-02-29"), text("52w")), .string("2025-02-27")),
    (call(.date, text("2026-03-01T10:00:00Z")), .string("2026-03-01")), (.unary(.negate, text("4"), here), .int(-4)),
    (.unary(.negate, lit(.int(.min)), here), .double(9.223372036854775808e18)),
    (.index(call(.fromJSON, text("{\"k\":[1]}")), text("k"), here), .list([.int(1)])),
  ] {
    #expect(try expression.evaluate(in: scope) == expected, "\(expression)")
  }
}

@Test func misusedFunctionsSayWhatIsWrong() {
  for (expression, expected) in [
    (call(.lower, lit(.list([.int(1)]))), "\"lower\" needs a text, not the list \"[1]\""),
    (call(.join, text("a")), "\"join\" needs a list, not \"a\""),
    (call(.join, lit(.list([.list([])]))), "\"join\" cannot put the list \"[]\" into a text"),
    (call(.split, text("a"), text("")), "\"split\" needs a separator that is not empty"),
    (call(.format, text("{0} {1}"), text("a")), "\"{1}\" has no value; the format is given 1"),
    (call(.format, text("{")), "\"{\" in a format needs a number and \"}\"; a brace itself is doubled"),
    (call(.fromJSON, text("{")), "\"{\" is not JSON: expected a key in double quotes at byte 1"),
    (call(.date, text("2026-02-30")), "\"2026-02-30\" is not a date; a date is written 2026-01-31"),
    (call(.date, text("2026-02-01"), text("1m")), "\"1m\" is not an offset of days or weeks; write '-1d' or '2w'"),
    (call(.date, text("9999-12-31"), text("1d")), "the date lies outside the years 1 to 9999"),
    (call(.date, text("2026-02-01"), text("9223372036854775807d")), "the date lies outside the years 1 to 9999"),
    (call(.lower), "\"lower\" does not take 0 arguments"),
    (.index(text("a"), text("b"), here), "\"a\" has no parts to index"),
  ] {
    #expect(message(expression) == expected)
  }
}

@Test func daysGoThereAndBack() throws {
  for days in stride(from: -719_162, through: 2_932_896, by: 997) {
    let day = try #require(CalendarDay(daysSince1970: days))
    #expect(day.daysSince1970 == days)
    #expect(CalendarDay(day.text) == day)
  }
  #expect(CalendarDay("1970-01-01")?.daysSince1970 == 0)
  for text in [
    "2026-13-01", "2026-00-10", "2025-02-29", "26-01-01", "2026-1-1", "0000-01-01", "2026-01-01x", "", "２０２６-01-01",
  ] {
    #expect(CalendarDay(text) == nil, "\(text)")
  }
}

@Test func templatesKeepTypesAndMakeTexts() throws {
  let scope = Scope(values: [.parameter("l"): .list([.int(1)]), .parameter("n"): .int(3)])
  let whole = Template([.expression(ref(.parameter("l")))], here)
  #expect(try whole.render(in: scope) == .list([.int(1)]))
  #expect(throws: EvaluationError.self) { try whole.renderText(in: scope) }
  let mixed = Template([.literal("n="), .expression(ref(.parameter("n")))], here)
  #expect(try mixed.render(in: scope) == .string("n=3"))
  #expect(try Template(literal: "x").render(in: scope) == .string("x"))
}

@Test func foldingPutsInWhatIsKnownAndNothingElse() {
  let scope = Scope(values: [.parameter("a"): .string("x"), .parameter("n"): .int(3)])
  let step = Expression.Kind.step
  func folded(_ segments: [Template.Segment]) -> String { Template(segments, here).folded(in: scope) }
  #expect(folded([.literal("out/"), .expression(ref(.parameter("a")))]) == "[\"out/x\"]")
  #expect(folded([.literal("out/x")]) == "[\"out/x\"]")
  #expect(folded([.expression(ref(.parameter("a")))]) == folded([.literal("x")]))
  #expect(folded([.expression(ref(.parameter("n")))]) == "{\"value\":3}")
  #expect(folded([.literal("a"), .expression(step)]) == "[\"a\",[\"steps\",\"s.values\",\"values\",\"k\"]]")
  // A text that looks like the encoding stays a text.
  #expect(folded([.literal("a\",[\"steps\"")]) != folded([.literal("a"), .expression(step)]))
  // The same text of a reference, but another step.
  #expect(folded([.expression(step)]) != folded([.expression(ref(.stepValue(step: "s", key: "values.k")))]))
  // Places do not matter, values do.
  let other = Expression.reference(.stepValue(step: "s.values", key: "k"), SourceRange(start: 50, end: 60))
  #expect(folded([.expression(step)]) == folded([.expression(other)]))
  let condition = Expression.binary(.and, .binary(.equal, ref(.parameter("a")), text("x"), here), step, here)
  #expect(condition.folded(in: scope) == "[\"&&\",{\"value\":true},[\"steps\",\"s.values\",\"values\",\"k\"]]")
  var changed = scope
  changed.values[.parameter("a")] = .string("y")
  #expect(condition.folded(in: changed) != condition.folded(in: scope))
  // What depends on files is not known before the run.
  #expect(call(.exists, text("*.csv")).folded(in: scope) == "[\"exists()\",{\"value\":\"*.csv\"}]")
}

extension Expression {
  fileprivate enum Kind {
    static let step = Expression.reference(.stepValue(step: "s.values", key: "k"), here)
  }
}

@Test func comparisonsHoldOrNot() throws {
  let scope = Scope(values: [.parameter("n"): .int(3)])
  func holds(_ op: Comparison.Operator, _ operand: Comparison.Operand, _ found: Value) throws -> Bool {
    try Comparison(op, operand, here).holds(for: found, in: scope)
  }
  #expect(try holds(.eq, .value(.int(3)), .string("3")))
  #expect(try holds(.ne, .value(.int(3)), .string("4")))
  #expect(try holds(.ge, .template(Template([.expression(ref(.parameter("n")))], here)), .int(3)))
  #expect(try !holds(.gt, .value(.int(3)), .int(3)))
  #expect(try holds(.lt, .value(.int(3)), .double(2.5)))
  #expect(try holds(.le, .value(.int(3)), .int(3)))
  #expect(try holds(.isIn, .list([Template(literal: "a"), Template(literal: "3")]), .int(3)))
  #expect(try !holds(.isIn, .value(.list([.int(1)])), .int(3)))
  #expect(try holds(.contains, .value(.string("b")), .string("abc")))
  #expect(try holds(.contains, .value(.int(1)), .list([.string("1")])))
  #expect(try holds(.matches, .value(.string("^b.$")), .string("a\nbc\nd")))
  #expect(try !holds(.matches, .value(.string("^c")), .string("bc")))
  #expect(throws: EvaluationError("\"(\" is not a regular expression", here)) {
    try holds(.matches, .value(.string("(")), .string(""))
  }
  #expect(throws: EvaluationError("\"lt\" compares numbers, and \"x\" is not one", here)) {
    try holds(.lt, .value(.int(1)), .string("x"))
  }
}
