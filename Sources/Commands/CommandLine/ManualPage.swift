/// Writes execplan(1) in the man(7) macros, which both groff and mandoc read.
package enum ManualPage {
  package static func render(_ table: CommandTable) -> String {
    var page = [
      ".TH EXECPLAN 1 \(executableReleaseDate) \"execplan \(executableVersion)\" \"User Commands\"",
      ".SH NAME",
      "execplan \\- check, run and resume plans",
      ".SH SYNOPSIS",
      ".B execplan",
      ".I COMMAND",
      "[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]",
      ".SH DESCRIPTION",
    ]
    page += body([
      .paragraph(
        "execplan runs plans: work written as steps in a file, checked before it runs, recorded while it runs, and "
          + "continued where it stopped. Results go to standard output, talk to standard error.")
    ])
    page.append(".SH COMMANDS")
    for command in table.commands { page += section(command) }
    page.append(".SH EXAMPLES")
    page += body([
      .definitions(
        table.commands.filter { !$0.isHidden }.flatMap(\.examples).map {
          HelpBlock.Definition("execplan \($0.arguments)", $0.shows)
        })
    ])
    for topic in HelpTopic.all {
      page.append(".SH \(topic.name.uppercased().replacing("-", with: " "))")
      page += body(topic.blocks)
    }
    page += [".SH SEE ALSO", ".BR git (1),", ".BR sqlite3 (1)"]
    return page.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: CommandSpec) -> [String] {
    let summary =
      command.aliases.isEmpty
      ? command.summary : "\(command.summary) (also: \(command.aliases.joined(separator: ", ")))"
    return [".SS \(escape(command.name))", ".B \(escape(command.usage))", ".PP"]
      + text(summary.prefix(1).uppercased() + summary.dropFirst() + ".") + body(HelpPage.details(of: command))
  }

  private static func body(_ blocks: [HelpBlock]) -> [String] {
    var lines: [String] = []
    for (index, block) in blocks.enumerated() {
      // A paragraph macro straight after a section's title does nothing, and mandoc says so.
      let paragraph = index == 0 ? [] : [".PP"]
      switch block {
      case .heading(let title): lines += paragraph + ["\\fI\(escape(title))\\fR:"]
      case .paragraph(let words): lines += paragraph + text(words)
      case .literal(let rows):
        lines += paragraph + [".RS 4", ".nf"] + rows.map { protect(escape($0)) } + [".fi", ".RE"]
      case .definitions(let rows):
        lines += rows.flatMap { [".TP", "\\fB\(escape($0.term))\\fR"] + text($0.meaning) }
      }
    }
    return lines
  }

  private static func text(_ words: String) -> [String] { HelpText.wrap(escape(words), width: 78).map(protect) }

  /// A line that begins with a dot or an apostrophe would be a request.
  private static func protect(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  /// Keeps backslashes, and characters that a reader copies and that roff prints as others.
  private static func escape(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("~", with: "\\(ti")
      .replacing("^", with: "\\(ha")
  }
}
