internal import Diagnostics
internal import Executor

/// `execplan help [TOPIC]`, and `--help`.
enum HelpCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    invocation.console.write(HelpText.render(try blocks(for: invocation.parsed.positional("TOPIC"), .all)))
    return .success
  }

  static func blocks(for topic: String?, _ table: CommandTable) throws(UsageError) -> [HelpBlock] {
    guard let topic else { return HelpPage.overview(table) }
    if let command = table.command(named: topic) { return HelpPage.of(command) }
    if let page = HelpTopic.all.first(where: { $0.name == topic }) { return [.heading(page.summary)] + page.blocks }
    let nearest = NearestName.of(topic, among: table.visibleNames + HelpTopic.all.map(\.name))
    throw UsageError(
      "there is no command or topic \(UsageError.quoted(topic))", advice: nearest.map { "did you mean \"\($0)\"?" })
  }
}
