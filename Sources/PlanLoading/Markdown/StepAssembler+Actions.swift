internal import Diagnostics
internal import SourceText
internal import YAML

extension StepAssembler {
  mutating func action(_ step: DeclaredStep) {
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

  func fenceValue(_ step: DeclaredStep, _ key: String) -> StepAttribute.Value? {
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

  mutating func script(_ part: CodePart, program: String) {
    assembler.begin(.mapping, part.range)
    assembler.key("script", part.range)
    assembler.lines(part.lines, part.range)
    assembler.key("interpreter", part.languageRange)
    assembler.scalar(program, part.languageRange, isText: true)
    assembler.end()
  }

  /// `Action: `file``: the block is what stands behind the key in YAML.
  mutating func typedAction(_ attribute: StepAttribute, _ step: DeclaredStep) {
    guard let name = attribute.values.first else { return }
    guard begin(name.text, name.range) else { return }
    guard let part = step.block else {
      assembler.scalar("", name.range, isText: false)
      return
    }
    // A script, instructions and a prompt are texts, unless the block is the mapping with more keys.
    if ["run", "manual", "approve", "agent"].contains(name.text),
      !TypedAction.isMapping(part, of: name.text, in: source)
    {
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

  mutating func undoValue(_ undo: DeclaredStep) {
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
}

extension SourceFile {
  /// The lines that a range touches, from their first byte.
  func wholeLines(_ range: SourceRange) -> SourceRange {
    SourceRange(start: lineRange(lineIndex(of: range.lowerBound)).lowerBound, end: range.upperBound)
  }
}
