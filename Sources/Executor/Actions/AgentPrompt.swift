internal import PlanModel
internal import Planner
internal import SourceText

/// What an agent is given to read: the prompt with the values of the run in it, and below it what the plan asks of the
/// work, so that the text alone is enough to do it.
struct AgentPrompt {
  let agent: AgentAction
  let context: StepContext
  /// The path of the plan, for the command that ends the work.
  let plan: String

  /// - Throws: when an expression has no value, the prompt's file is not there, or the text holds a secret.
  func text() throws -> String {
    var text = try prompt()
    let sections = [documents, artifacts, try criteria(), values, ending].compactMap(\.self)
    if !sections.isEmpty {
      while let last = text.last, last.isWhitespace { text.removeLast() }
      text += "\n\n" + sections.joined(separator: "\n")
    }
    if !text.hasSuffix("\n") { text += "\n" }
    guard text.utf8.count <= AgentAction.promptLimit else {
      throw EvaluationError(
        "the prompt has \(text.utf8.count) bytes, and at most \(AgentAction.promptLimit) are given to an agent; "
          + "name large documents under \"context\"")
    }
    if let name = context.site.secrets.nameOfSecret(in: Array(text.utf8)) {
      throw EvaluationError(
        "the prompt holds the value of the secret \"\(name)\", and prompts are kept in files; leave it out, and let the "
          + "agent's program have it with \"secrets: [\(name)]\"")
    }
    return text
  }

  private func prompt() throws -> String {
    switch agent.prompt {
    case .text(let template): return try template.renderText(in: context.scope)
    case .file(let path, _):
      let files = context.site.files
      guard let bytes = try files.content(path.text, limit: AgentAction.promptLimit) else {
        throw FileProbeError(path: path.text, message: "the prompt is not there")
      }
      return try files.template(bytes, path: path.text).renderText(in: context.scope)
    }
  }

  // MARK: What the plan asks for

  private var documents: String? {
    section("Read first", agent.context.map { "- \(AgentPrompt.shown($0))" })
  }

  private var artifacts: String? {
    let packed = agent.handoff.flatMap { $0.artifacts ?? [] }.filter { !agent.acceptance.artifacts.contains($0) }
    return section("Required artifacts", (agent.acceptance.artifacts + packed).map { "- \(AgentPrompt.shown($0))" })
  }

  private func criteria() throws -> String? {
    section(
      "Acceptance criteria",
      try AcceptanceCheck(agent.acceptance, context).criteria().map { "\($0.number). \($0.text)" })
  }

  private var values: String? {
    let lines = agent.acceptance.values.map { value in
      "- `\(value.name.value)` (\(value.kind.rawValue))" + (value.description.map { ": \($0)" } ?? "")
    }
    guard !lines.isEmpty, agent.program != nil else { return section("Values to give", lines) }
    return section(
      "Values to give", lines + ["", "Append a line `NAME=value` for each to the file `$EXECPLAN_OUTPUT`."])
  }

  /// Only somebody who is waited for has to say that the work is done.
  private var ending: String? {
    guard agent.program == nil else { return nil }
    let command = AcceptanceCheck.command(
      plan: ShellQuoting.quoted(plan), step: context.step.id.value, hasTexts: !agent.acceptance.texts.isEmpty,
      values: AcceptanceCheck.valueWords(agent.acceptance))
    return section("When the work is done", ["    execplan " + command])
  }

  private func section(_ title: String, _ lines: [String]) -> String? {
    lines.isEmpty ? nil : "## \(title)\n\n" + lines.joined(separator: "\n") + "\n"
  }

  private static func shown(_ pattern: PathPattern) -> String {
    pattern.isNegated ? "not `\(pattern.text)`" : "`\(pattern.text)`"
  }
}
