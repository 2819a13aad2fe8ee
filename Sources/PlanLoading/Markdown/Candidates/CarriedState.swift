internal import PlanDocument

/// What a step would take over from the shell of an earlier one, and does not: each step has a shell of its own.
struct CarriedState {
  private var folder: String?
  private var variables: [(name: String, line: String)] = []

  /// The steps, with a note at the first that may count on such a thing.
  static func noted(_ declarations: [DeclarationWriter.Declaration], _ candidates: [Candidate]) -> [Adoption.Step] {
    var state = CarriedState()
    return declarations.map { declaration in
      let candidate = candidates[declaration.candidate]
      let notes = state.missed(by: declaration.lines, saysFolder: candidate.lead.folder != nil)
      state.add(declaration.lines)
      return Adoption.Step(id: declaration.id, range: candidate.block.range, notes: declaration.notes + notes)
    }
  }

  /// What is said of a script that may count on what earlier ones left.
  private mutating func missed(by lines: [String], saysFolder: Bool) -> [String] {
    var notes: [String] = []
    let script = lines.joined(separator: "\n")
    let entersFolder = saysFolder || ShellWords.commands(script).first?.first?.text == "cd"
    if let line = folder, !entersFolder {
      notes.append("\"\(line)\" of a step before does not last; add \"Working directory\" if this one needs it")
      folder = nil
    }
    variables.removeAll { variable in
      let isUsed = script.contains("$" + variable.name) || script.contains("${" + variable.name)
      if isUsed { notes.append("\"\(variable.line)\" of a step before does not last; set it here, too") }
      return isUsed
    }
    return notes
  }

  private mutating func add(_ lines: [String]) {
    for line in lines {
      let commands = ShellWords.commands(line)
      guard commands.count == 1, var words = commands.first?[...], let first = words.first else { continue }
      if first.text == "cd", words.count == 2 { folder = line.count <= 80 ? line : "cd" }
      if first.text == "export" { words.removeFirst() }
      guard words.count == 1, let word = words.first, word.isAssignment else { continue }
      let name = String(word.text.prefix { $0 != "=" })
      variables.removeAll { $0.name == name }
      if variables.count < 32 { variables.append((name, line.count <= 80 ? line : "export \(name)")) }
    }
  }
}
