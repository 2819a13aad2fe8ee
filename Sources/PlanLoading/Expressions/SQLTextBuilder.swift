package import Diagnostics
package import PlanModel
internal import SourceText

/// Turns SQL with expressions into SQL with bound parameters.
///
/// An expression that stands alone becomes `?1`, `?2` and so on, for PostgreSQL `$1`, `$2`. Inside a quoted text, a
/// quoted name or a comment it is an error: a parameter is a value of its own.
package enum SQLTextBuilder {
  enum Place {
    case plain, text, name, comment

    var refusal: (reason: String, note: String)? {
      switch self {
      case .plain: nil
      case .text:
        ("inside a quoted text", "leave the quotes out; join texts with ||, as in 'out-' || ${{ params.env }}")
      case .name: ("inside a quoted name", "a name cannot be a parameter; write the name itself")
      case .comment: ("inside a comment", "leave it out, or describe it in words")
      }
    }
  }

  /// Builds the text; nil when an expression in it has been reported.
  package static func build(
    _ parsed: ParsedTemplate, for dialect: SQLDialect = .sqlite, into collector: inout DiagnosticCollector
  ) -> SQLText? {
    let template = parsed.template
    if let literal = template.literal { return SQLText(text: literal, bindings: [], template: template) }
    if dialect == .postgres { return buildPostgres(parsed, into: &collector) }
    var text = ""
    var bindings: [Expression] = []
    var lexer = SQLLexer()
    var isGood = true

    for (segmentIndex, segment) in template.segments.enumerated() {
      switch segment {
      case .literal(let literal):
        lexer.read(literal.utf8)
        text += literal
      case .expression(let expression):
        let range = bindings.count < parsed.placeholders.count ? parsed.placeholders[bindings.count] : expression.range
        bindings.append(expression)
        let before = lexer.last
        lexer.readParameter()
        let following = template.segments[(segmentIndex + 1)...].first
        if let (reason, note) = place(lexer).refusal {
          isGood = false
          collector.report(.expressionInSQL, range, "an expression cannot stand \(reason)", notes: [note])
        } else if touches(before) || touchesNext(following) {
          isGood = false
          collector.report(
            .expressionInSQL, range, "an expression in SQL is a value of its own, not a part of a word",
            notes: ["join texts with ||, as in 'out-' || ${{ params.env }}; a name cannot be a parameter"])
        }
        text += "?\(bindings.count)"
      }
    }
    if isGood, lexer.hasParameters {
      isGood = false
      // SQLite gives a named parameter the next free number, which may be that of an expression.
      collector.report(
        .expressionInSQL, parsed.placeholders.first ?? template.range,
        "the text has expressions and parameters of its own",
        notes: ["use one of them: give every value a name under \"bind:\", or write every one as an expression"])
    }
    return isGood ? SQLText(text: text, bindings: bindings, template: template) : nil
  }

  private static func place(_ lexer: SQLLexer) -> Place {
    switch lexer.state {
    case .plain: .plain
    case .quoted(UInt8(ascii: "'")): .text
    case .quoted: .name
    case .lineComment, .blockComment: .comment
    }
  }

  /// Whether a byte next to a parameter would become one word with it.
  private static func touches(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return ASCII.isWord(byte) || byte >= 0x80 || "?:@$#'\"`]".utf8.contains(byte)
  }

  private static func touchesNext(_ segment: Template.Segment?) -> Bool {
    switch segment {
    case nil: return false
    case .literal(let text):
      guard let byte = text.utf8.first else { return false }
      return ASCII.isWord(byte) || byte >= 0x80 || "?:@$#'\"`[".utf8.contains(byte)
    case .expression: return true
    }
  }
}
