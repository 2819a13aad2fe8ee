internal import Executor
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Reporting

/// `execplan why`: the decision about one step with all its reasons.
enum WhyCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    let json = parsed.value("format") == "json"
    return try Reply.of(invocation, json: json) {
      let runnable = try RunnablePlan.load(invocation, parsed.positional("PLAN"))
      let name = parsed.positional("STEP") ?? ""
      let graph = runnable.planned.graph
      guard let node = graph.index(of: name) ?? ForeachItem.canonicalID(name).flatMap(graph.index(of:)) else {
        if let open = name.firstIndex(of: "["), case let group = String(name[..<open]),
          graph.index(of: group).map({ runnable.planned.nodes[$0].step.group?.expansion != nil }) ?? false
        {
          throw Refusal(
            .usage, "no run has found \"\(name)\": the items of \"\(group)\" are not known before",
            nextCommands: ["why \(runnable.command.plan) \(CommandWords.word(ForeachItem.templateID(group)))"])
        }
        throw Refusal(.usage, "there is no step \"\(name)\"", nextCommands: ["plan \(runnable.command.plan)"])
      }
      let id = runnable.planned.nodes[node].id
      if let first = runnable.planned.parts(of: node).first {
        let member = CommandWords.word(runnable.planned.nodes[first].id)
        throw Refusal(
          .usage, "\"\(id)\" stands for its items; ask about one of them",
          nextCommands: ["why \(runnable.command.plan) \(member)"])
      }
      let preview = try ChangePreview.make(runnable, options: ExecutionOptions(), probe: parsed.has("probe"))
      guard let entry = preview.changeSet.entries.first(where: { $0.id == id }) else {
        throw Refusal(.usage, "\"\(id)\" only orders the phases; nothing is decided about it")
      }
      let changes = changes(runnable, preview.opening, node)
      if json {
        invocation.console.write(self.json(entry, changes))
      } else {
        invocation.console.write(text(entry, changes, invocation.console.outputStyle))
      }
      return .success
    }
  }

  /// Field by field, what is not as it was at the last success.
  private static func changes(_ runnable: RunnablePlan, _ opening: Opening, _ node: Int) -> [String] {
    let planNode = runnable.planned.nodes[node]
    guard let last = opening.history[planNode.id]?.lastSuccess else { return [] }
    var lines: [String] = []
    if last.fingerprint.definition != planNode.digest,
      let old = try? JournalAccess.read(
        runnable.site.state,
        { reader throws(JournalError) in
          try StoredDefinitions(run: last.run, in: reader)
            .definition(of: planNode.id, digest: last.fingerprint.definition)
        })
    {
      for change in planNode.definition.difference(from: old) {
        lines.append("\(change.name): \(shown(change.old)) -> \(shown(change.new))")
      }
    }
    let files = runnable.site.files
    for (name, patterns, before) in [
      ("input", planNode.step.recordedInputs, last.inputFiles),
      ("output", planNode.step.recordedOutputs, last.outputFiles),
    ] {
      guard let now = try? FileDigests.of(patterns, files) else { continue }
      for change in FileDigests.differences(from: before, to: now) {
        lines.append("\(name) \(change.path): \(change.isMissing ? "missing" : "not as it was")")
      }
    }
    return lines
  }

  private static func shown(_ values: [String]?) -> String {
    guard let values else { return "(none)" }
    return values.map { DefinitionText.readable($0) }.joined(separator: ", ")
  }

  private static func text(_ entry: ChangeSet.Entry, _ changes: [String], _ style: Style) -> String {
    var out = style.paint(entry.id, .heading) + ": "
    out += style.paint(entry.decision.decision.word, entry.decision.decision.role) + "\n"
    for reason in entry.decision.reasons { out += "  \(PrintableText.line(reason.text))\n" }
    if !changes.isEmpty {
      out += "since its last success:\n"
      for change in changes { out += "  \(PrintableText.line(change))\n" }
    }
    out += "idempotence: \(entry.idempotence.rawValue)\n"
    if !entry.needs.isEmpty { out += "needs: \(entry.needs.joined(separator: ", "))\n" }
    return out
  }

  private static func json(_ entry: ChangeSet.Entry, _ changes: [String]) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("id", entry.id)
      json.member("decision", entry.decision.decision.rawValue)
      json.member("reasons", entry.decision.reasons) { json, reason in
        json.object { json in
          json.member("kind", reason.kind.rawValue)
          json.member("detail", reason.text)
        }
      }
      json.member("changes", changes)
      json.member("idempotence", entry.idempotence.rawValue)
      json.member("needs", entry.needs)
    }
    json.newline()
    return json.bytes
  }
}
