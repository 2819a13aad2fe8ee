internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum PhaseKey: String, FieldKey {
  case id, title, objective, description, owner, estimate, deliverables, gate, needs

  static let table = KeyTable<PhaseKey>()
}

extension DecodingContext {
  mutating func phases(_ node: YAMLNode, shell: Interpreter) -> [Phase] {
    guard node.kind == .sequence else {
      reportType(node, expected: "a list of phases", what: "\"phases\"")
      return []
    }
    var seen: [String: SourceRange] = [:]
    var phases: [Phase] = []
    for item in node.items {
      guard let phase = phase(item, shell: shell) else { continue }
      if let first = seen[phase.id.value] {
        report(
          .duplicateIdentifier, phase.id.range, "there is a phase \"\(phase.id.value)\" already",
          notes: ["give each phase an id of its own"], related: [.init("the first one", first)])
        continue
      }
      seen[phase.id.value] = phase.id.range
      phases.append(phase)
    }
    return phases
  }

  private mutating func phase(_ node: YAMLNode, shell: Interpreter) -> Phase? {
    guard mapping(node, "a phase") else { return nil }
    let fields = Fields<PhaseKey>(node, &self, what: "a phase", allowsExtensions: true)
    var id: Located<String>?
    if let value = fields[.id] {
      id =
        identifier(value, "the id of a phase")
        ?? (value.isScalar && !value.utf8.isEmpty ? Located(value.text, value.range) : nil)
    } else {
      reportMissing(PhaseKey.id, fields, what: "a phase")
    }
    var phase = Phase(id: id ?? Located("", node.range))
    if let value = fields[.title] { phase.title = text(value, "\"title\"") }
    if let value = fields[.objective] { phase.objective = text(value, "\"objective\"") }
    if phase.objective == nil, let value = fields[.description] { phase.objective = text(value, "\"description\"") }
    if let value = fields[.owner] { phase.owner = text(value, "\"owner\"") }
    if let value = fields[.estimate] { phase.estimate = estimate(value, "\"estimate\"") }
    if let value = fields[.deliverables] { phase.deliverables = textList(value, "\"deliverables\"").map(\.value) }
    if let value = fields[.gate] { phase.gate = checks(value, "\"gate\"", shell: shell) }
    if let value = fields[.needs] { phase.needs = textList(value, "\"needs\"") }
    return id == nil ? nil : phase
  }
}
