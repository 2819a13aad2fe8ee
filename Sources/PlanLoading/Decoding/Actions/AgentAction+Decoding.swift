internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum AgentKey: String, FieldKey {
  case prompt
  case promptFile = "prompt_file"
  case role, context
  case promptTo = "prompt_to"
  case artifacts, criteria, values, command, handoff

  static let table = KeyTable<AgentKey>()
}

extension DecodingContext {
  mutating func agentAction(_ node: YAMLNode, shell: Interpreter) -> AgentAction? {
    if node.kind == .scalar { return promptText(node, "\"agent\"").map { AgentAction(prompt: .text($0)) } }
    guard mapping(node, "\"agent\"", or: "a text") else { return nil }
    let fields = Fields<AgentKey>(node, &self, what: "an agent action")
    let prompt = agentPrompt(fields)
    var action = AgentAction(prompt: prompt ?? .text(Template(literal: "")))
    if let value = fields[.role] { action.role = identifier(value, "\"role\"") }
    if let value = fields[.context] { action.context = paths(value, "\"context\"") }
    if let value = fields[.promptTo] { action.promptTo = insidePath(value, "\"prompt_to\"") }
    action.acceptance = acceptance(
      artifacts: fields[.artifacts], criteria: fields[.criteria], values: fields[.values], of: "an agent action",
      shell: shell)
    if let value = fields[.command] { action.program = agentProgram(value, shell: shell) }
    if let value = fields[.handoff] { action.handoff = handoffs(value) }
    if let range = fields.keyRange(.command) { refuseTexts(action.acceptance, range) }
    return prompt == nil ? nil : action
  }

  // MARK: The prompt

  private mutating func agentPrompt(_ fields: Fields<AgentKey>) -> AgentAction.Prompt? {
    if let file = fields[.promptFile] {
      if let range = fields.keyRange(.prompt), let first = fields.keyRange(.promptFile) {
        report(
          .conflictingKeys, range, "\"prompt\" and \"prompt_file\" can't both be", notes: ["remove one of the two"],
          related: [.init("the other one", first)])
      }
      return insidePath(file, "\"prompt_file\"").map { .file($0, promptTemplate($0, file)) }
    }
    guard let text = fields[.prompt] else {
      reportMissing(
        AgentKey.prompt, fields, what: "an agent action", notes: ["or \"prompt_file\" with the path of one"])
      return nil
    }
    return promptText(text, "\"prompt\"").map { .text($0) }
  }

  private mutating func promptText(_ node: YAMLNode, _ what: String) -> Template? {
    guard let prompt = template(node, what) else { return nil }
    if let literal = prompt.literal, !literal.contains(where: { !$0.isWhitespace }) {
      report(.badValue, node.range, "\(what) is empty", notes: ["say what the agent is to do"])
      return nil
    }
    return prompt
  }

  /// What the prompt's file holds now, so that what it reads of other steps is known; nil if it is still to be made.
  private mutating func promptTemplate(_ path: PathPattern, _ node: YAMLNode) -> Template? {
    guard !path.text.contains("${{"), let files else { return nil }
    switch files.content(of: path.text, limit: AgentAction.promptLimit) {
    case .bytes(let bytes):
      return fileTemplate(SourceFile(path: path.text, bytes: bytes), node.range, "\"prompt_file\"")
    case .missing: return nil
    case .unreadable(let reason):
      report(.missingFile, node.range, "\"\(path.text)\" can't be read: \(reason)")
      return nil
    }
  }

  // MARK: The program

  private mutating func agentProgram(_ node: YAMLNode, shell: Interpreter) -> AgentAction.Program? {
    switch node.kind {
    case .scalar: return script(node, "\"command\"", shell: shell).map { .script($0) }
    case .sequence:
      let arguments = scalarList(node, "\"command\"").compactMap { template($0, "an argument", allowsList: true) }
      guard let program = arguments.first, program.literal != "" else {
        report(.badValue, node.range, "\"command\" names no program")
        return nil
      }
      return .words(ExecAction(arguments: arguments))
    case .mapping:
      reportType(node, expected: "a list of a program and its arguments, or shell text", what: "\"command\"")
      return nil
    }
  }

  /// When a program ends there is nobody who could confirm a text.
  private mutating func refuseTexts(_ acceptance: Acceptance, _ command: SourceRange) {
    for (_, text) in acceptance.texts {
      report(
        .conflictingKeys, text.range, "this criterion needs a person to confirm it, and \"command\" leaves none",
        notes: [
          "write a check that the machine can make, or put a \"manual\" step behind this one that has the criterion"
        ],
        related: [.init("the command", command)])
    }
  }
}
