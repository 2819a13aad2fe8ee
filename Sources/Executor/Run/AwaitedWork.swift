internal import PlanModel
internal import Planner
internal import SourceText

/// What the run waits for at a `manual` or `agent` step, for people.
package struct AwaitedWork: Sendable {
  /// The instructions of a person; of a prompt its first line.
  package var text: String
  /// Where the prompt of an agent is.
  package var prompt: String?
  package var artifacts: [String]
  /// The criteria in words.
  package var criteria: [String]
  /// The values that must be given, `NAME=TYPE`.
  package var values: [String]

  /// Who may answer a question, and what was said to it so far.
  package var question: Question?

  package struct Question: Sendable {
    package var approvers: [String]
    package var quorum: Int
    /// What keeps it open, if anything was said.
    package var standing: String
  }

  /// Whether some criterion is a text that must be confirmed.
  var hasTexts: Bool

  /// The command, without the program's name, that says that the work is done and goes on.
  package func command(plan: String, step: String) -> String {
    AcceptanceCheck.command(plan: plan, step: step, hasTexts: hasTexts, values: values)
  }

  /// What the event says of it.
  var payload: [Value.Entry] {
    var payload: [Value.Entry] = [.init("instructions", .string(text))]
    if let question {
      payload.append(.init("approvers", .list(question.approvers.map(Value.string))))
      payload.append(.init("quorum", .int(question.quorum)))
      return payload
    }
    if let prompt { payload.append(.init("prompt", .string(prompt))) }
    payload.append(.init("artifacts", .list(artifacts.map(Value.string))))
    if !criteria.isEmpty { payload.append(.init("criteria", .list(criteria.map(Value.string)))) }
    if !values.isEmpty { payload.append(.init("values", .list(values.map(Value.string)))) }
    return payload
  }
}

extension PreparationJob {
  /// What people are asked.
  func awaited(_ approve: ApproveAction, _ judgement: Judgement) throws -> AwaitedWork {
    AwaitedWork(
      text: try approve.message.renderText(in: context.scope), artifacts: [], criteria: [], values: [],
      question: .init(
        approvers: approve.approvers, quorum: approve.quorum,
        standing: judgement.decision.reasons.first?.detail ?? ""), hasTexts: false)
  }

  /// Writes what an agent is to read, and says what is awaited of whom.
  func awaited(_ acceptance: Acceptance) throws -> AwaitedWork {
    var work = AwaitedWork(
      text: "", artifacts: acceptance.artifacts.map { ($0.isNegated ? "!" : "") + $0.text },
      criteria: try AcceptanceCheck(acceptance, context).criteria().map(\.text),
      values: AcceptanceCheck.valueWords(acceptance), hasTexts: !acceptance.texts.isEmpty)
    switch context.step.action {
    case .manual(let manual): work.text = try manual.instructions.renderText(in: context.scope)
    case .agent(let agent):
      let (text, path) = try writePrompt(agent)
      work.prompt = path
      work.text =
        context.step.title
        ?? text.split(separator: "\n").lazy.map { $0.drop { $0 == "#" || $0 == " " } }.first { !$0.isEmpty }
        .map { String($0) } ?? ""
    case .run, .exec, .file, .edit, .sql, .http, .fetch, .wait, .check, .approve, .uses: break
    }
    return work
  }

  /// Renders the prompt and writes it to the state directory, and where the plan wants it, too.
  func writePrompt(_ agent: AgentAction) throws -> (text: String, path: String) {
    let text = try AgentPrompt(agent: agent, context: context, plan: plan).text()
    let site = context.site
    let files = AgentFiles(site.state, run: run)
    let path = files.prompt(of: context.step.id.value)
    try files.write(text, to: path, in: site.world)
    if let copy = agent.promptTo {
      let desired = DesiredFile(
        path: copy.text, content: Array(text.utf8),
        basis: try site.files.content(copy.text, limit: DesiredFile.sizeLimit))
      if desired.basis != Array(text.utf8) {
        _ = try site.world.write(desired, with: context.fileWriter(attempt))
      }
    }
    return (text, path)
  }
}
