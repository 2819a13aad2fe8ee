internal import Diagnostics
internal import SourceText
internal import YAML

/// Writes declared steps and phases as the nodes that the YAML of a plan would have.
struct StepAssembler {
  let source: SourceFile
  var assembler: YAMLAssembler
  var collector = DiagnosticCollector()
  /// The keys of the mapping that is being written, to see one that is given twice.
  private var written: [String: SourceRange] = [:]

  init(_ source: SourceFile) {
    self.source = source
    assembler = YAMLAssembler(source: source)
  }

  // MARK: Steps

  mutating func step(_ step: DeclaredStep, undo: DeclaredStep?) {
    assembler.begin(.mapping, step.range)
    written = [:]
    text("id", step.id)
    if let title = step.title, step.attribute("title") == nil { text("title", title) }
    if let first = step.description.first, let last = step.description.last, step.attribute("description") == nil {
      let all = step.description.map(\.value).joined(separator: "\n\n")
      text("description", Located(all, first.range.union(last.range)))
    }
    if step.isGate { flag("gate", step.id.range) }
    for attribute in step.attributes where !isOfBlock(attribute.key) && begin(attribute.key, attribute.keyRange) {
      value(of: attribute)
    }
    fence(step)
    if let phase = step.phase, written["phase"] == nil { text("phase", phase) }
    expectations(step)
    action(step)
    if let undo, begin("undo", undo.range) { undoValue(undo) }
    assembler.end()
  }

  private func isOfBlock(_ key: String) -> Bool {
    key == AttributeNames.action || key == AttributeNames.language || key == AttributeNames.database
  }

  private mutating func text(_ key: String, _ value: Located<String>) {
    guard begin(key, value.range) else { return }
    assembler.scalar(value.value, value.range, isText: true)
  }

  private mutating func flag(_ key: String, _ range: SourceRange) {
    guard begin(key, range) else { return }
    assembler.scalar("true", range, isText: false)
  }

  /// Writes a key; false if it is there already, which is reported.
  private mutating func begin(_ key: String, _ range: SourceRange) -> Bool {
    if let first = written[key] {
      collector.report(
        .conflictingKeys, range, "the step has \"\(key)\" already", notes: ["write all of it in one place"],
        related: [.init("the first one", first)])
      return false
    }
    written[key] = range
    assembler.key(key, range)
    return true
  }

  // MARK: Attributes of a fence

  private mutating func fence(_ step: DeclaredStep) {
    for entry in step.fence {
      guard let key = AttributeNames.step.key(entry.key.value) else {
        UnknownAttributeRule.report(
          .init(
            words: entry.key.value, range: entry.key.range,
            nearest: AttributeNames.step.nearest(entry.key.value)?.lowercased()),
          step: step.id.value, &collector)
        continue
      }
      if isOfBlock(key) { continue }
      guard begin(key, entry.key.range) else { continue }
      guard let value = entry.value else {
        assembler.scalar("true", entry.key.range, isText: false)
        continue
      }
      let whole = StepAttribute.Value(text: value.value, range: value.range, isQuoted: true, isVerbatim: true)
      let values = AttributeNames.lists.contains(key) ? parts(of: value) : [whole]
      self.value(of: StepAttribute(key: key, keyRange: entry.key.range, words: entry.key.value, values: values))
    }
  }

  private func parts(of value: Located<String>) -> [StepAttribute.Value] {
    let text = ProseText(source, lines: [value.range])
    return AttributeReader.items(of: text).map { part in
      StepAttribute.Value(text: text.text(part), range: text.range(part), isQuoted: true, isVerbatim: true)
    }.filter { $0.text != "none" }
  }

  // MARK: Values

  mutating func value(of attribute: StepAttribute) {
    let key = attribute.key
    if AttributeNames.lists.contains(key) {
      list(attribute)
    } else if key == "env", !attribute.values.contains(where: { $0.text.hasPrefix("{") }) {
      environment(attribute)
    } else if attribute.values.count == 1 {
      single(attribute.values[0], key: key)
    } else if attribute.values.isEmpty {
      assembler.scalar("", attribute.keyRange, isText: false)
    } else {
      list(attribute)
    }
  }

  private mutating func list(_ attribute: StepAttribute) {
    assembler.begin(.sequence, attribute.range)
    for value in attribute.values { scalar(value, isText: true) }
    assembler.end()
  }

  private mutating func single(_ value: StepAttribute.Value, key: String) {
    if AttributeNames.isStructured(value.text, key: key), value.isVerbatim {
      if let node = YAMLParser.parse(source, range: value.range, into: &collector) { return assembler.copy(node) }
    }
    if key == "cwd", AttributeNames.isRoot(value.text) { return assembler.scalar(".", value.range, isText: true) }
    scalar(value, isText: AttributeNames.texts.contains(key))
  }

  private mutating func scalar(_ value: StepAttribute.Value, isText: Bool) {
    if value.isVerbatim {
      assembler.scalar(value.range, isText: isText)
    } else {
      assembler.scalar(value.text, value.range, isText: isText)
    }
  }

  /// `A=1`, `B=two`
  private mutating func environment(_ attribute: StepAttribute) {
    assembler.begin(.mapping, attribute.range)
    for value in attribute.values {
      let text = Array(value.text.utf8)
      guard let sign = text.firstIndex(of: UInt8(ascii: "=")) else {
        collector.report(
          .badValue, value.range, "\"\(value.text)\" gives no value to a variable", notes: ["write `NAME=value`"])
        continue
      }
      let isExact = value.isVerbatim
      assembler.key(
        String(decoding: text[..<sign], as: UTF8.self),
        isExact ? value.range.part(offset: 0, length: sign) : value.range)
      if isExact {
        assembler.scalar(value.range.part(offset: sign + 1, length: text.count - sign - 1), isText: true)
      } else {
        assembler.scalar(String(decoding: text[(sign + 1)...], as: UTF8.self), value.range, isText: true)
      }
    }
    assembler.end()
  }

  // MARK: Actions

  private mutating func action(_ step: DeclaredStep) {
    if let name = step.attribute(AttributeNames.action) { return typedAction(name, step) }
    guard let part = step.block else { return }
    let database = step.attribute(AttributeNames.database)?.values.first ?? fenceValue(step, AttributeNames.database)
    switch language(of: step, part) {
    case .shell:
      if begin("run", part.range) { assembler.lines(part.lines, part.range) }
    case .interpreter(let program):
      if begin("run", part.range) { script(part, program: program) }
    case .sql:
      guard begin("sql", part.range) else { return }
      assembler.begin(.mapping, part.range)
      if let database {
        assembler.key("database", database.range)
        scalar(database, isText: true)
      }
      assembler.key("script", part.range)
      assembler.lines(part.lines, part.range)
      assembler.end()
    case .yaml:
      guard let node = yaml(part) else { return }
      for (key, value) in node.entries where begin(key.text, key.range) { assembler.copy(value) }
    }
    if let database, language(of: step, part) != .sql {
      collector.report(
        .conflictingKeys, database.range, "\"Database\" goes with a block of SQL, which \"\(step.id.value)\" has not",
        notes: ["name the database in the YAML of the action, or begin the block with ```sql"])
    }
  }

  private func fenceValue(_ step: DeclaredStep, _ key: String) -> StepAttribute.Value? {
    let entry = step.fence.first { AttributeNames.step.key($0.key.value) == key }
    return entry?.value.map {
      StepAttribute.Value(text: $0.value, range: $0.range, isQuoted: true, isVerbatim: true)
    }
  }

  private func language(of step: DeclaredStep, _ part: CodePart) -> ScriptLanguage {
    let named = step.attribute(AttributeNames.language)?.values.first?.text ?? ""
    if !named.isEmpty { return ScriptLanguage(named.lowercased()) ?? .interpreter(named) }
    return ScriptLanguage(part.language) ?? .shell
  }

  private mutating func script(_ part: CodePart, program: String) {
    assembler.begin(.mapping, part.range)
    assembler.key("script", part.range)
    assembler.lines(part.lines, part.range)
    assembler.key("interpreter", part.languageRange)
    assembler.scalar(program, part.languageRange, isText: true)
    assembler.end()
  }

  /// `Action: `file``: the block is what stands behind the key in YAML.
  private mutating func typedAction(_ attribute: StepAttribute, _ step: DeclaredStep) {
    guard let name = attribute.values.first else { return }
    guard begin(name.text, name.range) else { return }
    guard let part = step.block else {
      assembler.scalar("", name.range, isText: false)
      return
    }
    // A script and instructions are texts, unless the block is the mapping with more keys.
    if name.text == "run" || name.text == "manual", !TypedAction.isMapping(part, of: name.text, in: source) {
      assembler.lines(part.lines, part.range, endsWithBreak: name.text == "run")
    } else if let node = yaml(part) {
      assembler.copy(node)
    } else {
      assembler.scalar("", part.range, isText: false)
    }
  }

  private mutating func yaml(_ part: CodePart) -> YAMLNode? {
    YAMLParser.parse(source, range: source.wholeLines(part.content), into: &collector)
  }

  private mutating func undoValue(_ undo: DeclaredStep) {
    guard let part = undo.block else {
      assembler.begin(.mapping, undo.range)
      return assembler.end()
    }
    switch language(of: undo, part) {
    case .shell: assembler.lines(part.lines, part.range)
    case .interpreter(let program):
      assembler.begin(.mapping, part.range)
      assembler.key("run", part.range)
      script(part, program: program)
      assembler.end()
    case .sql:
      assembler.begin(.mapping, part.range)
      assembler.key("sql", part.range)
      assembler.begin(.mapping, part.range)
      if let database = undo.attribute(AttributeNames.database)?.values.first {
        assembler.key("database", database.range)
        scalar(database, isText: true)
      }
      assembler.key("script", part.range)
      assembler.lines(part.lines, part.range)
      assembler.end()
      assembler.end()
    case .yaml:
      if let node = yaml(part) { assembler.copy(node) } else { assembler.scalar("", part.range, isText: false) }
    }
  }

  /// A step that is written in YAML, with what a section of the file takes it back by.
  mutating func copy(_ node: YAMLNode, undo: DeclaredStep?) {
    guard let undo, node.isMapping else { return assembler.copy(node) }
    assembler.begin(.mapping, node.range)
    written = [:]
    for (key, value) in node.entries where begin(key.text, key.range) { assembler.copy(value) }
    if begin("undo", undo.range) { undoValue(undo) }
    assembler.end()
  }

  // MARK: Expectations

  private mutating func expectations(_ step: DeclaredStep) {
    guard let first = step.expectations.first else { return }
    guard begin("expect", first.keyRange) else { return }
    let range = step.expectations.reduce(first.range) { $0.union($1.range) }
    assembler.begin(.mapping, range)
    exits(step.expectations.filter { $0.key == AttributeNames.expectedExit })
    for (name, prefix) in [("stdout", "stdout."), ("stderr", "stderr.")] {
      let all = step.expectations.filter { $0.key.hasPrefix(prefix) }
      guard let first = all.first else { continue }
      assembler.key(name, first.keyRange)
      assembler.begin(.mapping, all.reduce(first.range) { $0.union($1.range) })
      for expectation in all { comparison(expectation) }
      assembler.end()
    }
    assembler.end()
  }

  private mutating func exits(_ all: [DeclaredExpectation]) {
    guard let first = all.first else { return }
    assembler.key("exit", first.keyRange)
    assembler.begin(.sequence, all.reduce(first.range) { $0.union($1.range) })
    for expectation in all {
      switch expectation.content {
      case .value(let value): scalar(value, isText: false)
      case .lines(let part): assembler.lines(part.lines, part.range)
      }
    }
    assembler.end()
  }

  private mutating func comparison(_ expectation: DeclaredExpectation) {
    let op: String
    switch expectation.key {
    case AttributeNames.outputIs, AttributeNames.errorIs: op = "lines"
    case AttributeNames.outputContains, AttributeNames.errorContains: op = "contains_lines"
    default: op = "matches"
    }
    assembler.key(op, expectation.keyRange)
    switch expectation.content {
    case .value(let value): scalar(value, isText: true)
    case .lines(let part) where op == "matches": assembler.lines(part.lines, part.range, endsWithBreak: false)
    case .lines(let part): assembler.lines(part.lines, part.range)
    }
  }

  // MARK: Phases

  mutating func phase(_ phase: DeclaredPhase, withAttributes: Bool) {
    assembler.begin(.mapping, phase.range)
    written = [:]
    text("id", phase.id)
    text("title", phase.title)
    for attribute in phase.attributes where withAttributes && begin(attribute.key, attribute.keyRange) {
      value(of: attribute)
    }
    assembler.end()
  }
}

extension SourceFile {
  /// The lines that a range touches, from their first byte.
  func wholeLines(_ range: SourceRange) -> SourceRange {
    SourceRange(start: lineRange(lineIndex(of: range.lowerBound)).lowerBound, end: range.upperBound)
  }
}
