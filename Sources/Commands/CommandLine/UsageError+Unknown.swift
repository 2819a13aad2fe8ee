internal import Diagnostics

extension UsageError {
  static func unknownCommand(_ word: String, _ table: CommandTable) -> UsageError {
    UsageError("there is no command \(quoted(word))", advice: adviceFor(command: word, table), unknownCommand: true)
  }

  private static func adviceFor(command word: String, _ table: CommandTable) -> String? {
    if let nearest = NearestName.of(word, among: table.visibleNames) { return "did you mean \"\(nearest)\"?" }
    let isFile = [".yaml", ".yml", ".json"].contains { word.hasSuffix($0) }
    return isFile ? "to run a plan: execplan apply \(quoted(word))" : nil
  }

  static func unknownOption(_ written: String, _ command: CommandSpec?, _ table: CommandTable) -> UsageError {
    let known = (command?.options ?? []) + table.globalOptions
    let place = command.map { "\"\($0.name)\" has" } ?? "there is"
    return UsageError(
      "\(place) no option \(quoted(written))", advice: adviceFor(option: written, known, command, table),
      command: command?.name)
  }

  private static func adviceFor(
    option written: String, _ known: [OptionSpec], _ command: CommandSpec?, _ table: CommandTable
  ) -> String? {
    guard written.hasPrefix("--") else { return nil }
    let name = String(written.dropFirst(2))
    if let nearest = NearestName.of(name, among: known.map(\.long)) { return "did you mean \"--\(nearest)\"?" }
    let owners = table.commands.filter { command in command.options.contains { $0.long == name } }.map(\.name)
    if owners.isEmpty { return nil }
    return command == nil
      ? "write it after the command: execplan \(owners[0]) --\(name)"
      : "it is an option of \(owners.joined(separator: ", "))"
  }
}
