internal import Diagnostics
internal import SourceText
internal import YAML

/// Writes declared steps and phases as the nodes that the YAML of a plan would have.
struct StepAssembler {
  let source: SourceFile
  var assembler: YAMLAssembler
  var collector = DiagnosticCollector()
  /// The keys of the mapping that is being written, to see one that is given twice.
  var written: [String: SourceRange] = [:]

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
  mutating func begin(_ key: String, _ range: SourceRange) -> Bool {
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
