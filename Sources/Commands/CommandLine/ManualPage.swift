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
    page.append(".SH OPTIONS OF EVERY COMMAND")
    page += body([.definitions(table.globalOptions.map(HelpPage.definition))])
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
    return [".SS \(escape(command.name))", ".B \(escape(command.usage))", ".PP", sentence(summary)]
      + body(HelpPage.details(of: command))
  }

  private static func body(_ blocks: [HelpBlock]) -> [String] {
    var lines: [String] = []
    for (index, block) in blocks.enumerated() {
      switch block {
      // A paragraph macro straight after a heading does nothing, and mandoc says so.
      case .heading(let text): lines += [".PP", "\\fI\(escape(text))\\fR:"]
      case .paragraph(let text): lines += (index == 0 ? [] : [".PP"]) + [escapedLine(text)]
      case .literal(let text): lines += [".PP", ".nf", ".RS 4"] + text.map(escapedLine) + [".RE", ".fi"]
      case .definitions(let rows):
        lines += rows.flatMap { [".TP", "\\fB\(escape($0.term))\\fR", escapedLine($0.meaning)] }
      }
    }
    return lines
  }

  private static func sentence(_ phrase: String) -> String {
    escapedLine(phrase.prefix(1).uppercased() + phrase.dropFirst() + ".")
  }

  /// A line that begins with a dot or an apostrophe would be a request.
  private static func escapedLine(_ text: String) -> String {
    let line = escape(text)
    return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
  }

  /// Keeps backslashes, and hyphens that a reader copies.
  private static func escape(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("~", with: "\\(ti").replacing(
      "^", with: "\\(ha")
  }
}
