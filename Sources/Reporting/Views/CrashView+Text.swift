extension CrashView {
  /// A table of steps and moments, each defect with what to add, and the next command.
  package func text(_ style: Style, width: Int? = nil) -> String {
    var out = style.paint(PrintableText.line(plan), .heading) + ": "
    if let failure {
      out += style.paint("can't be tested", .error) + "\n  \(PrintableText.line(failure))\n"
      return out + ending
    }
    out += isSafe ? style.paint("safe to resume", .success) : style.paint("not safe to resume", .error)
    out += ", killed at \(PeopleText.count(moments, "moment"))\n\n"
    var table = Table(
      [.init("step")] + CrashView.momentNames.map { .init($0) } + [.init("", isFlexible: true)], indent: 2)
    table.wraps = true
    for step in steps {
      let cells = step.cells.map { cell in Table.Cell(cell == .untested ? "-" : cell.rawValue, cell.role) }
      table.rows.append([.init(step.id)] + cells + [.init(step.reason ?? "")])
    }
    out += table.text(style, width: width)
    for defect in defects { out += "\n" + text(defect, style) }
    if !remarks.isEmpty { out += "\n" + remarks.map { "note: \(PrintableText.line($0))\n" }.joined() }
    return out + "\n" + summary + "\n" + ending
  }

  private func text(_ defect: Defect, _ style: Style) -> String {
    let name = defect.step.isEmpty ? "a step" : PrintableText.line(defect.step)
    let moment = defect.moment.map { " (killed \($0) it)" } ?? ""
    return style.paint("\(name) \(defect.title)", .error) + "\(moment)\n"
      + "  seen: \(PrintableText.line(defect.what))\n  why:  \(PrintableText.line(defect.why))\n"
      + "  add:  \(PrintableText.line(defect.fix))\n"
  }

  private var remarks: [String] {
    let asking = steps.filter { $0.cells.contains(.asks) }.map(\.id)
    var lines: [String] = []
    if !asking.isEmpty {
      lines.append("after a kill a person is asked what \(PeopleText.list(asking)) did, which is no defect")
    }
    return lines + notes.map { note in (note.step.map { "\($0): " } ?? "") + note.text }
  }

  private var summary: String {
    let untested = steps.count { $0.reason != nil }
    let bad = Set(defects.map(\.step)).count
    var parts = [PeopleText.count(steps.count - untested, "step") + " tested"]
    if untested > 0 { parts.append("\(untested) not tested") }
    parts.append(defects.isEmpty ? "no defects" : "\(PeopleText.count(defects.count, "defect")) in \(bad)")
    return parts.joined(separator: ", ")
  }

  private var ending: String {
    var out = ""
    if let kept { out += "copies: \(PrintableText.line(kept))\n" }
    if let nextCommand { out += "next: \(PrintableText.line(nextCommand))\n" }
    return out
  }
}
