internal import PlanModel
internal import SourceText

extension DefinitionEncoder {
  mutating func encode(_ acceptance: Acceptance) {
    add("artifacts", acceptance.artifacts)
    add(
      "criteria",
      acceptance.criteria.flatMap {
        switch $0 {
        case .text(let template): ["text", text(template)]
        case .check(let check): texts(check)
        }
      })
    add("values", acceptance.values.map { "\($0.name.value): \($0.kind.rawValue)" })
  }

  /// What a file asks of the parameters and of the plan, with the answers: its text is an input, but not these.
  private func reads(of template: Template) -> [String] {
    let references = Set(template.references.map(\.value).filter(\.isStatic))
    return references.map { reference in
      let value = (try? statics.value(of: reference)) ?? nil
      return reference.text + "=" + (value.map { JSONWriter.compact($0) } ?? "")
    }.sorted()
  }

  /// What a prompt's file holds is no part of the definition: it is an input.
  mutating func encode(_ agent: AgentAction, shell: Interpreter) {
    switch agent.prompt {
    case .text(let prompt): add("prompt", prompt)
    case .file(let path, let template):
      add("prompt_file", [path])
      add("prompt_file.reads", template.map { reads(of: $0) } ?? [])
    }
    if let role = agent.role { add("role", [role.value]) }
    add("context", agent.context)
    if let copy = agent.promptTo { add("prompt_to", [copy]) }
    encode(agent.acceptance)
    switch agent.program {
    case .script(let script):
      add("command", script.template)
      add("shell", shell.words)
    case .words(let exec): add("command", exec.arguments.map { text($0) })
    case nil: break
    }
    for package in agent.handoff {
      let name = "handoff.\(package.receiver.value)"
      add(name, ["to", package.receiver.value])
      add("\(name).artifacts", package.artifacts ?? [])
      add("\(name).requirements", package.requirements.map { text($0) })
      add("\(name).data_access", package.dataAccess.map { [$0.folded(in: statics)] } ?? [])
      add("\(name).test_data", package.testData.map { [$0.folded(in: statics)] } ?? [])
    }
  }
}
