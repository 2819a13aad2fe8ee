/// The pages of the help as blocks; how they look is not decided here.
package enum HelpPage {
  /// The first screen: what a plan is, the first five commands, and where to read on.
  package static func overview(_ table: CommandTable) -> [HelpBlock] {
    [
      .paragraph(
        "execplan runs plans: work written as steps in a file, checked before it runs, recorded while it runs, and "
          + "continued where it stopped. A plan, hello.execplan.yaml:"),
      .literal([
        "execplan: 1",
        "title: Hello",
        "steps:",
        "  - id: build",
        "    run: date > now.txt",
        "  - {id: test, needs: [build], check: [{exists: now.txt}]}",
      ]),
      .heading("The first five commands"),
      .definitions(
        [
          ("new", "new \"My plan\""), ("validate", "validate"), ("plan", "plan"), ("apply", "apply"),
          ("status", "status"),
        ]
        .map { name, line in
          HelpBlock.Definition("execplan \(line)", table.command(named: name)?.summary ?? "")
        }),
      .heading("All commands (execplan help COMMAND)"),
      .definitions(
        CommandGroup.allCases.map { group in
          let names = table.commands.filter { $0.group == group && !$0.isHidden }.map(\.name)
          return HelpBlock.Definition(group.rawValue, names.joined(separator: "  "))
        }),
      .heading("Topics (execplan help TOPIC)"),
      .definitions(HelpTopic.all.map { HelpBlock.Definition($0.name, $0.summary) }),
    ]
  }

  /// All about one command.
  package static func of(_ command: CommandSpec) -> [HelpBlock] {
    var blocks: [HelpBlock] = [
      .paragraph("execplan \(command.name): \(command.summary)"),
      .heading("Usage"), .literal([command.usage]),
    ]
    if !command.aliases.isEmpty {
      blocks.append(.paragraph("Also: " + command.aliases.map { "execplan \($0)" }.joined(separator: ", ")))
    }
    blocks += details(of: command)
    blocks += [
      .heading("Examples"),
      .definitions(command.examples.map { HelpBlock.Definition("execplan \($0.arguments)", $0.shows) }),
      .paragraph("Options of every command: execplan help options"),
    ]
    return blocks
  }

  /// The part that the help and the manual page share: discussion, arguments, options.
  static func details(of command: CommandSpec) -> [HelpBlock] {
    var blocks = command.discussion.map { HelpBlock.paragraph($0) }
    if !command.positionals.isEmpty {
      blocks += [
        .heading("Arguments"), .definitions(command.positionals.map { HelpBlock.Definition($0.name, $0.help) }),
      ]
    }
    if !command.options.isEmpty {
      blocks += [.heading("Options"), .definitions(command.options.map(definition))]
    }
    return blocks
  }

  /// `-j, --jobs N` and its help with the default.
  static func definition(_ option: OptionSpec) -> HelpBlock.Definition {
    var notes: [String] = []
    if option.isRequired { notes.append("required") }
    if option.isRepeatable { notes.append("may be repeated") }
    if let text = option.defaultText { notes.append("default: \(text)") }
    let short = option.short.map { "-\($0), " } ?? ""
    return HelpBlock.Definition(
      short + option.usage, option.help + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"))
  }
}
