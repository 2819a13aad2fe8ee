internal import Diagnostics
internal import PlanLoading
internal import PlanModel
internal import SourceText

extension FuzzTarget {
  /// Texts with expressions, as text, condition, shell script and SQL; what can be read is evaluated.
  static let expressions = FuzzTarget("expressions") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let origin = TextOrigin(text: text)
    let count = text.utf8.count
    var found = DiagnosticCollector()
    var checker = ExpressionChecker(
      DeclaredNames(
        parameters: ["day": .string, "n": .int, "xs": .list], environment: ["HOME"],
        steps: ["a": .any, "b": .keys(["rows"])]))
    let field = FieldContext("fuzz", [.atRunTime, .secrets, .item, .ownValues])

    if let bare = TemplateParser.parseBare(origin, into: &found) {
      try promise(bare.range.upperBound <= count, "an expression ends behind its text")
      checker.checkCondition(bare, in: field, into: &found)
      try evaluate(bare)
    }
    if let parsed = TemplateParser.parse(origin, into: &found) {
      for range in parsed.placeholders { try promise(range.upperBound <= count, "a mark is outside of the text") }
      checker.checkValue(parsed.template, in: field, into: &found)
      _ = try? parsed.template.renderText(in: AnyScope())
      _ = parsed.template.folded(in: AnyScope())
      for shell in [["sh", "-c"], ["bash", "-c"], ["zsh", "-c"], ["python3", "-c"]] {
        _ = ShellTextBuilder.build(parsed, for: Interpreter(shell), into: &found)
      }
      _ = SQLTextBuilder.build(parsed, into: &found)
    }
    for finding in found.diagnostics {
      try promise(
        finding.range.lowerBound <= finding.range.upperBound && finding.range.upperBound <= count,
        "\(finding) is outside of the text")
      try promise(!finding.message.isEmpty, "\(finding.rule.code) says nothing")
    }
  }

  /// A value is the same every time, and can be written and read.
  private static func evaluate(_ expression: Expression) throws {
    let value: Value
    do throws(EvaluationError) {
      value = try expression.evaluate(in: AnyScope())
    } catch {
      return
    }
    let again = try expression.evaluate(in: AnyScope())
    let text = JSONWriter.stored(value)
    try promise(JSONWriter.stored(again) == text, "\(text) is evaluated differently the second time")
    let read = try JSONReader.read(Array(text.utf8), from: .stored)
    try promise(JSONWriter.stored(read) == text, "\(text) is read differently")
  }
}

/// A world in which there is a little of everything.
private struct AnyScope: EvaluationScope {
  func value(of reference: Reference) throws(EvaluationError) -> Value? {
    switch reference {
    case .parameter("n"): .int(9_223_372_036_854_775_807)
    case .parameter("xs"): .list([.int(1), .string("a b"), .null, .double(2.5), .bool(true)])
    case .parameter, .environment: .string("2026-03-01")
    case .stepValue(_, "rows"): .string("-7")
    case .stepValue: .map([Value.Entry("k", .list([.string("v")]))])
    case .stepStatus: .string("succeeded")
    case .secret, .ownValue: .string("$(x) '\"\\\n")
    case .state: nil
    case .run, .plan, .item: .string("7")
    }
  }

  func fileExists(matching glob: String) throws(EvaluationError) -> Bool { (try? Glob(glob)) != nil }
  func hashFiles(_ globs: [String]) throws(EvaluationError) -> String { globs.joined(separator: ",") }
  func secretExists(_ name: String) throws(EvaluationError) -> Bool { true }
  func hasFailed() throws(EvaluationError) -> Bool { false }
  func hasSucceeded() throws(EvaluationError) -> Bool { true }
  func isSkipped(_ step: String) throws(EvaluationError) -> Bool { step == "a" }
}
