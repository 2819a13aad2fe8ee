internal import Diagnostics
internal import PlanModel
internal import SourceText

extension SQLTextBuilder {
  /// The text with `$1`, `$2`, …, whose places are told from the tokens of the whole: PostgreSQL has more kinds of
  /// quotes than can be followed byte by byte.
  static func buildPostgres(_ parsed: ParsedTemplate, into collector: inout DiagnosticCollector) -> SQLText? {
    let template = parsed.template
    var text = ""
    var bindings: [Expression] = []
    /// Where the parameters stand in the text.
    var ranges: [Range<Int>] = []
    for segment in template.segments {
      switch segment {
      case .literal(let literal): text += literal
      case .expression(let expression):
        bindings.append(expression)
        let start = text.utf8.count
        text += SQLDialect.postgres.parameter(bindings.count)
        ranges.append(start..<text.utf8.count)
      }
    }
    let bytes = Array(text.utf8)
    var next = 0
    var isGood = true
    var hasOwn = false
    for token in PostgresTokens(bytes) {
      var isOurs = false
      while next < ranges.count, token.range.contains(ranges[next].lowerBound) {
        let range = next < parsed.placeholders.count ? parsed.placeholders[next] : template.range
        isOurs = token.kind == .numbered && token.range.lowerBound == ranges[next].lowerBound
        if !stands(ranges[next], in: token, bytes, range, &collector) { isGood = false }
        next += 1
      }
      if token.kind == .numbered, !isOurs { hasOwn = true }
    }
    if isGood, hasOwn {
      isGood = false
      collector.report(
        .expressionInSQL, parsed.placeholders.first ?? template.range,
        "the text has expressions and parameters of its own",
        notes: ["use one of them: give every value a name under \"bind:\", or write every one as an expression"])
    }
    return isGood ? SQLText(text: text, bindings: bindings, template: template) : nil
  }

  /// Whether a parameter stands alone; reports where it does not.
  private static func stands(
    _ parameter: Range<Int>, in token: PostgresTokens.Token, _ bytes: [UInt8], _ range: SourceRange,
    _ collector: inout DiagnosticCollector
  ) -> Bool {
    let place: Place =
      switch token.kind {
      case .text: .text
      case .name: .name
      case .comment: .comment
      case .word, .named, .numbered, .backslash, .semicolon, .open, .close, .openBracket, .closeBracket, .other: .plain
      }
    if let (reason, note) = place.refusal {
      collector.report(.expressionInSQL, range, "an expression cannot stand \(reason)", notes: [note])
      return false
    }
    let before = parameter.lowerBound > 0 ? bytes[parameter.lowerBound - 1] : nil
    let after = parameter.upperBound < bytes.count ? bytes[parameter.upperBound] : nil
    if token.range == parameter, !touches(before), !touches(after) { return true }
    collector.report(
      .expressionInSQL, range, "an expression in SQL is a value of its own, not a part of a word",
      notes: ["join texts with ||, as in 'out-' || ${{ params.env }}; a name cannot be a parameter"])
    return false
  }

  /// Whether a byte next to a parameter would become one word or one text with its value; `::` may stand behind it.
  private static func touches(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return ASCII.isWord(byte) || byte >= 0x80 || "$'\"".utf8.contains(byte)
  }
}
