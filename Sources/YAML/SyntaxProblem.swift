internal import Diagnostics
internal import SourceText

/// What stopped libyaml, told so that an author knows what to do.
struct SyntaxProblem {
  /// libyaml's own words.
  let problem: String
  let offset: Int
  let context: String?
  /// Where the thing begins that libyaml was reading.
  let contextOffset: Int

  func diagnostic(in source: SourceFile, range: Range<Int>) -> Diagnostic {
    if isTab(source.bytes) { return tabProblem(source) }
    if let tag = tagProblem(source, range) { return tag }
    let (message, place) = explanation(source, range)
    let line = LineText(bytes: source.bytes, offset: place.lowerBound, within: range)
    var notes: [String] = []
    if line.needsQuotes {
      notes.append("quote this value: some characters in it have a meaning in YAML")
    } else if problem == "mapping values are not allowed in this context" {
      notes.append("quote the value if the colon is part of it; otherwise check the indentation")
    }
    return Diagnostic(YAMLRules.syntax, place, message, notes: notes, related: related(source, place))
  }

  // MARK: Tabs and tags

  private func isTab(_ bytes: [UInt8]) -> Bool {
    if problem.hasPrefix("found a tab character") { return true }
    return problem == "found character that cannot start any token" && offset < bytes.count && bytes[offset] == 0x09
  }

  private func tabProblem(_ source: SourceFile) -> Diagnostic {
    var end = offset
    while end < source.bytes.count, source.bytes[end] == 0x09 { end += 1 }
    return Diagnostic(
      YAMLRules.tabIndentation, SourceRange(start: offset, end: max(end, offset)),
      "a tab stands where YAML allows only spaces for indentation", notes: ["indent with spaces"])
  }

  /// A `!` that makes the rest of its line unreadable, as in `when: !a || !b`.
  private func tagProblem(_ source: SourceFile, _ range: Range<Int>) -> Diagnostic? {
    let line = LineText(bytes: source.bytes, offset: offset, within: range)
    if let value = line.value, source.bytes[value.lowerBound] == UInt8(ascii: "!") {
      let place = SourceRange(start: value.lowerBound, end: value.upperBound)
      let text = source.text(place)
      let fix = text.contains(" #") ? nil : FixIt("quote the value", [.init(place, with: YAMLQuoting.quoted(text))])
      let tag = source.bytes[value].prefix { !$0.isSpace }
      return Diagnostic(
        YAMLRules.tag, place.part(offset: 0, length: tag.count), TagProblem.message, fix: fix)
    }
    guard let context, context == "while scanning a tag" || context == "while parsing a tag" || isUndefinedHandle
    else { return nil }
    let place = SourceRange(start: contextOffset, end: max(contextOffset + 1, min(offset, range.upperBound)))
    return Diagnostic(YAMLRules.tag, place, TagProblem.message)
  }

  private var isUndefinedHandle: Bool { problem == "found undefined tag handle" }

  // MARK: Everything else

  private func explanation(_ source: SourceFile, _ range: Range<Int>) -> (message: String, place: SourceRange) {
    let here = SourceRange(start: offset, end: min(offset + 1, range.upperBound))
    let opening = SourceRange(start: contextOffset, end: min(contextOffset + 1, range.upperBound))
    let begun = "that begins on line \(source.location(of: contextOffset).line)"
    // libyaml has passed the backslash and the letter when it looks at the digits.
    let escape = SourceRange(start: max(offset - 2, contextOffset), end: min(offset, range.upperBound))
    switch problem {
    case "mapping values are not allowed in this context":
      return ("\":\" can not follow here: this text is a value already", here)
    case "did not find expected key":
      return ("this does not fit the mapping \(begun): check the indentation", here)
    case "did not find expected '-' indicator":
      return ("this does not fit the list \(begun): check the indentation", here)
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      let (name, bracket) = problem.hasSuffix("']'") ? ("list", "]") : ("mapping", "}")
      if isAtEnd(source.bytes, range) { return ("this bracket is never closed: \"\(bracket)\" is missing", opening) }
      return ("\",\" or \"\(bracket)\" is missing in the \(name) \(begun)", here)
    case "did not find expected node content": return ("a value is missing here", here)
    case "could not find expected ':'": return ("\":\" is missing after this key", lineOf(contextOffset, source, range))
    case "found unexpected end of stream", "found unexpected document indicator":
      return ("this quote is never closed", opening)
    case "found unknown escape character":
      let escape = SourceRange(start: offset, end: min(offset + 2, range.upperBound))
      return ("\"\(source.text(escape))\" is no escape; write \"\\\\\" for a backslash, or use single quotes", escape)
    case "did not find expected hexdecimal number": return ("a hexadecimal digit is missing in this escape", escape)
    case "found invalid Unicode character escape code": return ("this escape is no character", escape)
    case "found character that cannot start any token":
      return ("a plain value can not begin with \(quoted(source, here))", here)
    case "block sequence entries are not allowed in this context":
      return ("a list item can not begin here; put the list on its own lines", here)
    case "mapping keys are not allowed in this context": return ("a key can not begin here", here)
    case "found unexpected ':'": return ("\":\" can not stand here inside brackets", here)
    case "did not find expected alphabetic or numeric character":
      return (
        "\(quoted(source, opening)) begins \(context == "while scanning an anchor" ? "an anchor" : "an alias") here, and no name follows",
        opening
      )
    case "found an indentation indicator equal to 0", "did not find expected comment or line break":
      return ("this can not follow \(quoted(source, opening)): the text begins on the next line", here)
    case "did not find expected <document start>": return ("this follows the end of the document", here)
    case "found incompatible YAML document": return ("only YAML 1.1 and 1.2 are read", lineOf(offset, source, range))
    case "": return ("there is not enough memory to read the file", here)
    default: return (([context, problem].compactMap(\.self)).joined(separator: ": "), here)
    }
  }

  /// The line of an offset, from there on.
  private func lineOf(_ offset: Int, _ source: SourceFile, _ range: Range<Int>) -> SourceRange {
    SourceRange(start: offset, end: LineText(bytes: source.bytes, offset: offset, within: range).line.upperBound)
  }

  private func quoted(_ source: SourceFile, _ place: SourceRange) -> String {
    var end = place.upperBound
    while end < source.bytes.count, source.bytes[end] & 0xC0 == 0x80 { end += 1 }
    return "\"\(source.text(SourceRange(start: place.lowerBound, end: end)))\""
  }

  private func isAtEnd(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    offset >= range.upperBound || bytes[offset..<range.upperBound].allSatisfy(\.isSpace)
  }

  /// Where the collection begins that the problem is in.
  private func related(_ source: SourceFile, _ place: SourceRange) -> [Diagnostic.Related] {
    guard let context, contextOffset < place.lowerBound,
      source.lineIndex(of: contextOffset) != source.lineIndex(of: place.lowerBound)
    else { return [] }
    let name =
      switch context {
      case "while parsing a block mapping", "while parsing a flow mapping": "the mapping begins here"
      case "while parsing a block collection", "while parsing a flow sequence": "the list begins here"
      case "while scanning a block scalar": "the text begins here"
      default: "it begins here"
      }
    return [Diagnostic.Related(name, SourceRange(start: contextOffset, end: contextOffset + 1))]
  }
}
