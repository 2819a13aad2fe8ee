internal import Diagnostics
internal import PlanModel
internal import YAML

enum RunKey: String, FieldKey {
  case script, interpreter

  static let table = KeyTable<RunKey>()
}

extension DecodingContext {
  mutating func runAction(_ node: YAMLNode, shell: Interpreter) -> RunAction? {
    if node.kind == .scalar { return script(node, "\"run\"", shell: shell).map { RunAction(script: $0) } }
    guard node.kind == .mapping else {
      reportType(
        node, expected: "a text or a mapping", what: "\"run\"",
        notes: ["a list of a program and its arguments goes into \"exec\""])
      return nil
    }
    let fields = Fields<RunKey>(node, &self, what: "\"run\"")
    guard let text = fields[.script] else {
      reportMissing(RunKey.script, fields, what: "\"run\"")
      return nil
    }
    var interpreter: Interpreter?
    if let value = fields[.interpreter] { interpreter = self.interpreter(value, "\"interpreter\"") }
    return script(text, "\"script\"", shell: interpreter ?? shell).map {
      RunAction(script: $0, interpreter: interpreter)
    }
  }

  mutating func execAction(_ node: YAMLNode) -> ExecAction? {
    guard node.kind == .sequence else {
      reportType(
        node, expected: "a list of a program and its arguments", what: "\"exec\"",
        notes: node.kind == .scalar ? ["shell text goes into \"run\""] : [])
      return nil
    }
    let arguments = scalarList(node, "\"exec\"").compactMap { template($0, "an argument", allowsList: true) }
    guard let program = arguments.first else {
      report(.badValue, node.range, "\"exec\" names no program")
      return nil
    }
    if program.literal == "" {
      report(.badValue, program.range, "the name of the program is empty")
      return nil
    }
    return ExecAction(arguments: arguments)
  }
}
