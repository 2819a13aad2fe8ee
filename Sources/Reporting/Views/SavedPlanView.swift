internal import Digest
internal import PlanModel
package import Planner

/// A saved plan as it is shown: what it says, and whether it can still be applied.
package struct SavedPlanView: Sendable {
  /// Why it can't be applied.
  package struct Refusal: Sendable {
    package var message: String
    package var details: [String]
    package var nextCommands: [String]

    package init(message: String, details: [String], nextCommands: [String]) {
      self.message = message
      self.details = details
      self.nextCommands = nextCommands
    }
  }

  package var file: String
  package var saved: SavedPlan
  /// Of the plan as it is now, if it can be read.
  package var title: String?
  package var refusal: Refusal?
  package var applyCommand: String

  package init(file: String, saved: SavedPlan, title: String?, refusal: Refusal?, applyCommand: String) {
    self.file = file
    self.saved = saved
    self.title = title
    self.refusal = refusal
    self.applyCommand = applyCommand
  }
}

// MARK: Text

extension SavedPlanView {
  package func text(_ style: Style, width: Int? = nil) -> String {
    let plan = PrintableText.line(saved.plan.key)
    let name = title.map { "\(PrintableText.line($0)) (\(plan))" } ?? plan
    var out = style.paint("saved plan of \(name)", .heading) + "\n\n"
    var facts = Table([.init(""), .init("", isFlexible: true)], indent: 2, hasHeader: false)
    for (key, value) in self.facts { facts.rows.append([.init(key, .skipped), .init(value)]) }
    for row in facts.rowTexts(style, width: width) { out += row }
    out += "\n"
    var steps = Table(
      [.init(""), .init(""), .init(""), .init(""), .init("", isFlexible: true)], indent: 2, hasHeader: false)
    steps.wraps = true
    for step in saved.steps {
      let role = step.decision.role
      steps.rows.append([
        .init(step.decision.symbol, role), .init(step.id), .init(step.action, .skipped),
        .init(step.decision.word, role), .init(step.reasons.map(\.text).joined(separator: "; ")),
      ])
    }
    for row in steps.rowTexts(style, width: width) { out += row }
    guard let refusal else {
      let doubt = saved.choices.probes ? ", unless programs of its guards answer differently by now" : ""
      return out + "\nit can be applied, once\(doubt)\nnext: \(PrintableText.line(applyCommand))\n"
    }
    out += "\n" + style.paint("it can't be applied:", .error) + " \(PrintableText.line(refusal.message))\n"
    for detail in refusal.details { out += "  \(PrintableText.line(detail))\n" }
    for (index, command) in refusal.nextCommands.enumerated() {
      out += (index == 0 ? "next: " : "  or: ") + PrintableText.line(command) + "\n"
    }
    return out
  }

  private var facts: [(String, String)] {
    var facts = [
      ("id", saved.id),
      ("saved", "\(Timestamp.rfc3339(saved.savedAt)) by \(saved.user) on \(saved.host)"),
      ("plan", saved.plan.path), ("digest", saved.plan.digest.hex),
    ]
    let given = saved.parameters.compactMap { parameter in
      parameter.given.map { "\(parameter.name)=\($0.text ?? JSONWriter.compact($0))" }
    }
    let others = saved.parameters.filter { $0.given == nil }.map(\.name)
    if !given.isEmpty { facts.append(("params", given.joined(separator: ", "))) }
    if !others.isEmpty { facts.append(("of the plan", others.joined(separator: ", "))) }
    if let profile = saved.profile { facts.append(("profile", profile)) }
    if !options.isEmpty { facts.append(("options", options)) }
    if !saved.secrets.isEmpty { facts.append(("secrets", saved.secrets.joined(separator: ", "))) }
    facts.append(("last run", saved.position.run.map { String($0) } ?? "none"))
    return facts
  }

  private var options: String {
    let choices = saved.choices
    var words = SavedPlan.Choices.lists.flatMap { list in
      choices[keyPath: list.path].map { "--\(list.option) \($0)" }
    }
    if choices.isForced { words.append("--force") }
    if choices.changed != .refuse { words.append("--\(choices.changed.rawValue)-changed") }
    if choices.probes { words.append("--probe") }
    return words.joined(separator: " ")
  }
}

// MARK: JSON

extension SavedPlanView {
  /// One JSON object with the content of the file as `schemas/saved.schema.json` describes it, and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("file", file)
      json.member("applicable", refusal == nil)
      json.key("refusal")
      if let refusal {
        json.object { json in
          json.member("message", refusal.message)
          json.member("details", refusal.details)
          json.member("next_commands", refusal.nextCommands)
        }
      } else {
        json.null()
      }
      json.key("saved_plan")
      json.value(saved.value)
    }
    json.newline()
    return json.bytes
  }
}
