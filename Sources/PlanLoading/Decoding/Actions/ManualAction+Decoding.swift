internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum ManualKey: String, FieldKey {
  case instructions, artifacts, criteria, values

  static let table = KeyTable<ManualKey>()
}

extension DecodingContext {
  mutating func manualAction(_ node: YAMLNode, shell: Interpreter) -> ManualAction? {
    if node.kind == .scalar { return instructions(node, "\"manual\"").map { ManualAction(instructions: $0) } }
    guard mapping(node, "\"manual\"", or: "a text") else { return nil }
    let fields = Fields<ManualKey>(node, &self, what: "a manual action")
    var instructions: Template?
    if let text = fields[.instructions] {
      instructions = self.instructions(text, "\"instructions\"")
    } else {
      reportMissing(ManualKey.instructions, fields, what: "a manual action")
    }
    let acceptance = acceptance(
      artifacts: fields[.artifacts], criteria: fields[.criteria], values: fields[.values], of: "a manual action",
      shell: shell)
    guard let instructions else { return nil }
    var action = ManualAction(instructions: instructions)
    action.acceptance = acceptance
    return action
  }

  private mutating func instructions(_ node: YAMLNode, _ what: String) -> Template? {
    guard let text = template(node, what) else { return nil }
    if let literal = text.literal, !literal.contains(where: { !$0.isWhitespace }) {
      report(.badValue, node.range, "\(what) is empty", notes: ["say what the person is to do"])
      return nil
    }
    return text
  }
}
