internal import Diagnostics
internal import Markdown
internal import SourceText

/// Puts a declared step together from the blocks that belong to it, in their order.
struct StepBuilder {
  let markdown: MarkdownDocument
  private(set) var step: DeclaredStep
  private(set) var collector = DiagnosticCollector()
  /// `Expected output contains:`, before its block.
  private var awaited: (key: String, range: SourceRange)?
  /// A paragraph that may be a script that lost its indentation.
  private var repaired: RepairedScript?
  private var hasAttributeList = false
  private var source: SourceFile { markdown.source }

  init(_ markdown: MarkdownDocument, _ step: DeclaredStep) {
    self.markdown = markdown
    self.step = step
  }

  /// Whether the step says what it does.
  var hasAction: Bool {
    step.block != nil || repaired != nil
      || step.attributes.contains { StepKey(rawValue: $0.key).map(StepKey.actions.contains) ?? false }
  }

  /// Whether the blocks so far hold a block of code or attributes, and so were meant as a step.
  var isMeant: Bool { hasAction || !step.attributes.isEmpty }

  // MARK: Paragraphs

  mutating func paragraph(_ block: Int) {
    if let script = RepairedScript(markdown, block, follows: hasAttributeList || step.form == .item),
      step.block == nil, repaired == nil
    {
      repaired = script
      return
    }
    let before = step.attributes.count
    let parent = markdown.blocks[markdown.blocks[block].parent]
    let isListed = parent.kind == .item && parent.range != step.range
    text(ProseText(source, lines: markdown.lines(of: block)), from: 0, isListed: isListed)
    if step.attributes.count > before, parent.kind == .item { hasAttributeList = true }
  }

  /// The first paragraph of an item, after its id: the first sentence is the title.
  mutating func firstParagraph(_ text: ProseText, from start: Int) {
    self.text(text, from: start, hasTitle: true)
  }

  /// - Parameter isListed: whether the text stands in a list, where prose with colons is common.
  private mutating func text(_ text: ProseText, from start: Int, hasTitle: Bool = false, isListed: Bool = false) {
    missBlock()
    let isAbove = step.block == nil
    let reader = AttributeReader(text, names: .step, from: start)
    if isAbove {
      take(reader, isListed: isListed)
      var prose = reader.prose
      if hasTitle, let first = prose.first {
        let sentence = text.firstSentence(of: first)
        step.title = Located(text.plain(sentence), text.range(sentence))
        let rest = first.contains(sentence.upperBound) ? sentence.upperBound + 1 : first.upperBound
        prose[0] = text.trimmed(rest..<first.upperBound)
      }
      for part in prose where !part.isEmpty {
        step.description.append(Located(text.plain(part), text.range(part)))
      }
    } else {
      for attribute in reader.attributes {
        if AttributeNames.expectations.contains(attribute.key) {
          expect(attribute)
        } else if attribute.values.first?.isQuoted == true, step.form != .fence {
          collector.report(
            .nearMissStep, attribute.keyRange, "\"\(attribute.words)\" stands below the script and is not read",
            notes: ["move it above the script of \"\(step.id.value)\""])
        }
      }
    }
  }

  private mutating func take(_ reader: AttributeReader, isListed: Bool) {
    for attribute in reader.attributes {
      if AttributeNames.expectations.contains(attribute.key) {
        expect(attribute)
      } else if let first = step.attribute(attribute.key) {
        collector.report(
          .conflictingKeys, attribute.keyRange, "\"\(step.id.value)\" has \"\(first.words)\" already",
          notes: ["write all of it in one place"], related: [.init("the first one", first.keyRange)])
      } else {
        step.attributes.append(attribute)
        UnquotedValueRule.check(attribute, in: source, &collector)
      }
    }
    for unknown in reader.unknown where !isListed || unknown.nearest != nil {
      UnknownAttributeRule.report(unknown, step: step.id.value, &collector)
    }
  }

  // MARK: Expectations

  private mutating func expect(_ attribute: StepAttribute) {
    missBlock()
    if attribute.values.isEmpty {
      awaited = (attribute.key, attribute.keyRange)
    } else {
      for value in attribute.values {
        step.expectations.append(
          DeclaredExpectation(key: attribute.key, keyRange: attribute.keyRange, content: .value(value)))
      }
    }
  }

  /// Says that a sentence announced a block and none came.
  private mutating func missBlock() {
    guard let awaited else { return }
    self.awaited = nil
    collector.report(
      .nearMissStep, awaited.range, "no block of text follows, so nothing is compared",
      notes: ["put the expected text into a block right below, or behind the colon in backticks"])
  }

  mutating func setTitle(_ title: Located<String>) { step.title = title }

  // MARK: Blocks of code

  /// - Parameter isOwn: whether the block is the fence that declares the step.
  mutating func code(_ block: Int, _ info: FenceInfo, isOwn: Bool = false) {
    let part = codePart(block, info)
    if let awaited {
      self.awaited = nil
      step.expectations.append(
        DeclaredExpectation(key: awaited.key, keyRange: awaited.range, content: .lines(part)))
      return
    }
    if let match = info.value("match") {
      expectation(match, part)
      return
    }
    // In this form every block that is run has an id.
    if step.form == .fence, !isOwn { return }
    let hasAttributes = info.entries.contains { AttributeNames.step.key($0.key.value) != nil }
    if info.isMarked, !hasAttributes, !isOwn { return }
    guard isRun(part) else { return }
    if let first = step.block {
      SecondScriptRule.report(step: step.id.value, first: first.range, second: part.range, &collector)
      return
    }
    step.block = part
    step.fence = info.entries
  }

  /// `{match=contains}` on a fence.
  private mutating func expectation(_ match: Located<String>, _ part: CodePart) {
    let key: String
    switch match.value {
    case "contains": key = AttributeNames.outputContains
    case "matches", "regex": key = AttributeNames.outputMatches
    case "exactly", "equals": key = AttributeNames.outputIs
    default:
      collector.report(
        .badValue, match.range, "\"match\" can't be \"\(match.value)\"", notes: ["allowed: contains, matches, exactly"])
      return
    }
    step.expectations.append(DeclaredExpectation(key: key, keyRange: match.range, content: .lines(part)))
  }

  private func codePart(_ block: Int, _ info: FenceInfo) -> CodePart {
    let range = markdown.blocks[block].range
    var languageRange = range
    if case .code(let code) = markdown.blocks[block].kind, let place = code.info, !info.language.isEmpty {
      languageRange = place.part(offset: 0, length: info.language.utf8.count)
    }
    return CodePart(
      language: info.language, languageRange: languageRange, lines: Array(markdown.lines(of: block)), range: range)
  }

  /// Whether a block is something to run rather than something to read.
  private func isRun(_ part: CodePart) -> Bool {
    guard !part.lines.isEmpty else { return false }
    if step.attribute(AttributeNames.action) != nil { return part.language.isEmpty || part.language == "yaml" }
    let named = step.attribute(AttributeNames.language)?.values.first?.text.lowercased()
    if let named, part.language.isEmpty || part.language == named { return true }
    guard let language = ScriptLanguage(part.language) else { return false }
    return language != .yaml || TypedAction.isHeld(by: part, in: source)
  }

  // MARK: The end

  /// The step and what is wrong with its form.
  mutating func finish() -> DeclaredStep {
    missBlock()
    if step.block == nil, let repaired, !hasActionAttribute {
      step.block = repaired.part
      collector.report(repaired.diagnostic(step: step.id.value))
    }
    return step
  }

  private var hasActionAttribute: Bool {
    step.attributes.contains { StepKey(rawValue: $0.key).map(StepKey.actions.contains) ?? false }
  }

}

extension ProseText {
  /// A part up to the end of its first sentence, without the stop.
  func firstSentence(of part: Range<Int>) -> Range<Int> {
    var index = part.lowerBound
    while index < part.upperBound {
      if let span = codeSpan(at: index) {
        index = span.whole.upperBound
        continue
      }
      let isStop = bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ";")
      if isStop, index + 1 == part.upperBound || isBlank(index + 1) { return part.lowerBound..<index }
      index += 1
    }
    let end = bytes[part.upperBound - 1] == UInt8(ascii: ":") ? part.upperBound - 1 : part.upperBound
    return part.lowerBound..<end
  }
}
