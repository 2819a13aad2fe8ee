package import Diagnostics
package import PlanModel
internal import SourceText

/// Reads texts with expressions in them: `out/${{ params.env }}.csv`.
///
/// `$${{` stands for a literal `${{`. The end of an expression is the first `}}` that is not inside a
/// quoted text.
package enum TemplateParser {
  /// Expressions in one text.
  package static let expressionLimit = 1000

  /// Whether the text needs reading at all; most texts do not.
  package static func holdsMark(_ text: Span<UInt8>) -> Bool {
    var state = 0
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: "$") {
        state = 1
      } else if byte == UInt8(ascii: "{"), state > 0 {
        state += 1
        if state == 3 { return true }
      } else {
        state = 0
      }
    }
    return false
  }

  /// Reads a text; nil when something in it has been reported as wrong.
  package static func parse(_ origin: TextOrigin, into collector: inout DiagnosticCollector) -> ParsedTemplate? {
    guard holdsMark(origin.text.utf8.span) else {
      return ParsedTemplate(template: Template(literal: origin.text, origin.range), placeholders: [])
    }
    let bytes = Array(origin.text.utf8)
    var segments: [Template.Segment] = []
    var placeholders: [SourceRange] = []
    var literal: [UInt8] = []
    var position = 0
    var isGood = true

    func flush() {
      guard !literal.isEmpty else { return }
      segments.append(.literal(String(decoding: literal, as: UTF8.self)))
      literal.removeAll(keepingCapacity: true)
    }

    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "$") else {
        literal.append(bytes[position])
        position += 1
        continue
      }
      if isMark(bytes, position + 1) {
        literal.append(contentsOf: "${{".utf8)
        position += 4
        continue
      }
      guard isMark(bytes, position) else {
        literal.append(bytes[position])
        position += 1
        continue
      }
      switch closing(bytes, from: position + 3) {
      case .failure(let problem):
        let range = problem.quote.map { $0..<bytes.count } ?? position..<position + 3
        collector.report(.unterminatedExpression, origin.rangeOf(range), problem.message, notes: problem.notes)
        return nil
      case .success(let close):
        flush()
        if placeholders.count == expressionLimit {
          collector.report(
            .expressionSyntax, origin.rangeOf(position..<close + 2),
            "a text holds at most \(expressionLimit) expressions")
          return nil
        }
        if let expression = ExpressionParser.parse(bytes, position + 3..<close, origin, into: &collector) {
          segments.append(.expression(expression))
          placeholders.append(origin.rangeOf(position..<close + 2))
        } else {
          isGood = false
        }
        position = close + 2
      }
    }
    flush()
    guard isGood else { return nil }
    return ParsedTemplate(template: Template(segments, origin.range), placeholders: placeholders)
  }

  /// Reads the bare expression of `when` and `foreach`; `${{ }}` around it is accepted.
  package static func parseBare(_ origin: TextOrigin, into collector: inout DiagnosticCollector) -> Expression? {
    let bytes = Array(origin.text.utf8)
    let start = bytes.firstIndex { !ASCII.isSpace($0) } ?? bytes.count
    guard isMark(bytes, start) else {
      return ExpressionParser.parse(bytes, 0..<bytes.count, origin, into: &collector)
    }
    switch closing(bytes, from: start + 3) {
    case .failure(let problem):
      let range = problem.quote.map { $0..<bytes.count } ?? start..<start + 3
      collector.report(.unterminatedExpression, origin.rangeOf(range), problem.message, notes: problem.notes)
      return nil
    case .success(let close):
      if let rest = bytes[(close + 2)...].firstIndex(where: { !ASCII.isSpace($0) }) {
        collector.report(
          .expressionSyntax, origin.rangeOf(rest..<bytes.count), "expected the end of the condition after \"}}\"",
          notes: ["write the whole condition as one expression: a == 'x' && b == 'y'"])
        return nil
      }
      return ExpressionParser.parse(bytes, start + 3..<close, origin, into: &collector)
    }
  }

  private struct Unclosed: Error {
    /// Where a quoted text begins that swallows the rest.
    var quote: Int?

    var message: String {
      quote == nil ? "\"${{\" has no closing \"}}\"" : "a quoted text in the expression is not closed"
    }

    var notes: [String] {
      quote == nil
        ? ["a literal \"${{\" is written \"$${{\""] : ["a quote in a text is doubled: 'it''s'"]
    }
  }

  private static func isMark(_ bytes: [UInt8], _ index: Int) -> Bool {
    index + 2 < bytes.count && bytes[index] == UInt8(ascii: "$") && bytes[index + 1] == UInt8(ascii: "{")
      && bytes[index + 2] == UInt8(ascii: "{")
  }

  /// Where the `}}` begins that closes an expression.
  private static func closing(_ bytes: [UInt8], from start: Int) -> Result<Int, Unclosed> {
    var quote: (byte: UInt8, start: Int)?
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open.byte { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = (byte, index)
      } else if byte == UInt8(ascii: "}"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "}") {
        return .success(index)
      }
      index += 1
    }
    return .failure(Unclosed(quote: quote?.start))
  }
}
