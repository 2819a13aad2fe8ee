internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

extension DecodingContext {
  func origin(_ node: YAMLNode) -> TextOrigin {
    TextOrigin(text: node.text) { node.sourceRange(ofText: $0) }
  }

  /// What expressions in the steps may read.
  private func field(_ what: String, allowsSecrets: Bool = false) -> FieldContext {
    var roots = fieldRoots
    if allowsOwnValues { roots.insert(.ownValues) }
    if allowsSecrets { roots.insert(.secrets) }
    if binding != nil { roots.insert(.item) }
    return FieldContext(what.filter { $0 != "\"" }, roots)
  }

  /// A text that may hold expressions.
  ///
  /// - Parameters:
  ///   - allowsList: a sole expression may be a list (an argument of `exec`).
  ///   - allowsSecrets: `secrets.NAME` may be read, as nothing keeps the text.
  mutating func template(
    _ node: YAMLNode, _ what: String, allowsList: Bool = false, allowsEmpty: Bool = true, allowsSecrets: Bool = false
  ) -> Template? {
    guard node.kind == .scalar else {
      reportType(node, expected: "a text", what: what)
      return nil
    }
    guard node.withUTF8({ TemplateParser.holdsMark($0) }) else { return Template(literal: node.text, node.range) }
    guard var template = TemplateParser.parse(origin(node), into: &collector)?.template else { return nil }
    template.range = node.range
    template = bound(template)
    if allowsList {
      checker.checkValue(template, in: field(what, allowsSecrets: allowsSecrets), into: &collector)
    } else {
      checker.checkText(template, in: field(what, allowsSecrets: allowsSecrets), into: &collector)
    }
    return rebased(template)
  }

  /// A text whose sole expression keeps its type.
  mutating func valueTemplate(_ node: YAMLNode, _ what: String, allowsSecrets: Bool = false) -> Template? {
    guard node.withUTF8({ TemplateParser.holdsMark($0) }) else { return Template(literal: node.text, node.range) }
    guard var template = TemplateParser.parse(origin(node), into: &collector)?.template else { return nil }
    template.range = node.range
    template = bound(template)
    checker.checkValue(template, in: field(what, allowsSecrets: allowsSecrets), into: &collector)
    return rebased(template)
  }

  /// The text of a file that a step reads when it runs; what it reads of the plan is checked now.
  ///
  /// - Parameter range: of the path in the plan, where everything about the file is reported.
  mutating func fileTemplate(_ file: SourceFile, _ range: SourceRange, _ what: String) -> Template? {
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      report(.badValue, range, "\"\(file.path)\" is not UTF-8 text")
      return nil
    }
    var problems = DiagnosticCollector()
    if let parsed = TemplateParser.parse(TextOrigin(text: text), into: &problems) {
      checker.checkText(parsed.template, in: field(what), into: &problems)
    }
    for problem in problems.sorted() {
      let place = file.location(of: problem.range.lowerBound)
      report(
        problem.rule, range, "\(file.path):\(place.line):\(place.column): \(problem.message)", notes: problem.notes)
    }
    // Its places are of another file, so everything in it stands for the path here.
    var ignored = DiagnosticCollector()
    return TemplateParser.parse(TextOrigin(text: text) { _ in range }, into: &ignored).map {
      rebased(bound($0.template))
    }
  }

  /// `when`: a bare expression.
  mutating func condition(_ node: YAMLNode) -> Expression? {
    guard node.kind == .scalar else {
      reportType(node, expected: "an expression", what: "\"when\"")
      return nil
    }
    if case .bool(let value) = node.resolved { return .literal(.bool(value), node.range) }
    warnIfCut(node, "when")
    guard let parsed = TemplateParser.parseBare(origin(node), into: &collector) else { return nil }
    let expression = bound(parsed)
    checker.checkCondition(expression, in: field("when"), into: &collector)
    return rebased(expression)
  }

  /// A value of `state:`: a text with expressions, whose sole expression keeps its type.
  mutating func stateExpression(_ node: YAMLNode) -> Template? {
    guard node.kind == .scalar else {
      reportType(node, expected: "a text", what: "a value of \"state\"")
      return nil
    }
    guard var template = TemplateParser.parse(origin(node), into: &collector)?.template else { return nil }
    template.range = node.range
    template = bound(template)
    checker.checkValue(template, in: field("state"), into: &collector)
    return rebased(template)
  }

  /// Shell text, or the text of another interpreter.
  mutating func script(_ node: YAMLNode, _ what: String, shell: Interpreter) -> ShellScript? {
    guard node.kind == .scalar else {
      reportType(node, expected: "a text", what: what)
      return nil
    }
    warnIfCut(node, what)
    if node.isBlank {
      report(.badValue, node.range, "\(what) is empty")
      return nil
    }
    guard node.withUTF8({ TemplateParser.holdsMark($0) }) else {
      let text = node.text
      return ShellScript(text: text, bindings: [], template: Template(literal: text, node.range))
    }
    guard var parsed = TemplateParser.parse(origin(node), into: &collector) else { return nil }
    parsed.template = bound(parsed.template)
    checker.checkText(parsed.template, in: field(what, allowsSecrets: true), into: &collector)
    parsed.template.range = node.range
    parsed.template = rebased(parsed.template)
    return ShellTextBuilder.build(parsed, for: shell, into: &collector)
  }

  /// SQL, its expressions as bound parameters.
  mutating func sql(_ node: YAMLNode, _ what: String, for dialect: SQLDialect = .sqlite) -> SQLText? {
    guard node.kind == .scalar else {
      reportType(node, expected: "a text", what: what)
      return nil
    }
    if node.isBlank {
      report(.badValue, node.range, "\(what) is empty")
      return nil
    }
    guard node.withUTF8({ TemplateParser.holdsMark($0) }) else {
      let text = node.text
      if dialect == .postgres { refusePsqlCommand(in: text) { node.sourceRange(ofText: $0) } }
      if SQLStatements.holdsOnlyComments(text) {
        report(.badValue, node.range, "\(what) holds comments only", notes: ["write what is to be done"])
        return nil
      }
      return SQLText(text: text, bindings: [], template: Template(literal: text, node.range))
    }
    guard var parsed = TemplateParser.parse(origin(node), into: &collector) else { return nil }
    parsed.template = bound(parsed.template)
    checker.checkText(parsed.template, in: field(what), into: &collector)
    parsed.template.range = node.range
    parsed.template = rebased(parsed.template)
    guard let text = SQLTextBuilder.build(parsed, for: dialect, into: &collector) else { return nil }
    if dialect == .postgres { refusePsqlCommand(in: text.text) { _ in node.range } }
    return text
  }

  private mutating func refusePsqlCommand(in text: String, _ rangeOf: (Range<Int>) -> SourceRange) {
    let script = PostgresScript(text)
    if let copy = script.statements.first(where: { $0.readsInput(of: script) }) {
      report(
        .psqlCommand, rangeOf(copy.range), "COPY … FROM STDIN has no data here",
        notes: ["write rows with INSERT, or call psql in a \"run\" step"])
    } else if let start = script.backslash {
      let rest = script.bytes[start...]
      let end = rest.dropFirst().firstIndex { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == UInt8(ascii: ";") }
      let command = start..<(end ?? rest.endIndex)
      report(
        .psqlCommand, rangeOf(command), "\"\(script.text(command).prefix(40))\" is a command of psql, not SQL",
        notes: [PsqlCommandRule.advice(for: script.text(command))])
    }
  }

  /// A plain text of a command or condition that YAML cut at ` #`.
  private mutating func warnIfCut(_ node: YAMLNode, _ what: String) {
    guard let comment = node.commentAfter else { return }
    if source.text(comment).dropFirst().drop(while: { $0 == " " }).hasPrefix("execplan:ignore") { return }
    let whole = SourceRange(start: node.range.lowerBound, end: comment.upperBound)
    let text = source.text(whole)
    report(
      .cutByComment, comment, "YAML takes this for a comment, so it is not part of \"\(what.filter { $0 != "\"" })\"",
      notes: ["quote the value"],
      fix: text.contains("'")
        ? nil : FixIt("quote the value", [FixIt.Replacement(whole, with: "'\(text)'")], isSafe: false))
  }
}

extension YAMLNode {
  /// Whether a scalar holds nothing but blanks and line ends.
  fileprivate var isBlank: Bool {
    withUTF8 { text in
      text.indices.allSatisfy { text[$0] == 0x20 || text[$0] == 0x0A || text[$0] == 0x09 || text[$0] == 0x0D }
    }
  }
}
