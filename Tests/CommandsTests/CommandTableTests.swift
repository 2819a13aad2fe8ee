internal import Testing

@testable internal import Commands

/// The table says everything about every command, once, and nothing that does not work.
struct CommandTableTests {
  @Test func namesAndAliasesAreUnique() {
    let names = CommandTable.all.commands.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: CommandTable.all.commands)
  func optionsAreUniqueAlsoAmongTheGlobalOnes(command: CommandSpec) {
    let options = command.options + CommandTable.all.globalOptions
    let long = options.map(\.long)
    #expect(Set(long).count == long.count)
    let short = options.compactMap(\.short)
    #expect(Set(short).count == short.count)
  }

  @Test(arguments: CommandTable.all.commands)
  func everythingIsDescribed(command: CommandSpec) {
    let texts =
      [command.summary] + command.options.map(\.help) + command.positionals.map(\.help) + command.examples.map(\.shows)
    for text in texts {
      #expect(!text.isEmpty && !text.hasSuffix("."), "\(text)")
      #expect(text.first?.isUppercase == false || text.hasPrefix("SARIF"), "\(text)")
    }
    #expect(!command.discussion.isEmpty)
    for paragraph in command.discussion { #expect(paragraph.last.map { ".:".contains($0) } == true, "\(paragraph)") }
  }

  @Test(arguments: CommandTable.all.commands)
  func examplesParseToTheirCommand(command: CommandSpec) throws {
    #expect(!command.examples.isEmpty)
    for example in command.examples {
      let parsed = try CommandLineParser.parse(shellWords(example.arguments)).get()
      #expect(parsed.command.name == command.name, "\(example.arguments)")
    }
  }

  @Test(arguments: CommandTable.all.commands)
  func onlyTheLastPlaceRepeatsAndExclusiveSetsNameOptions(command: CommandSpec) {
    #expect(command.positionals.dropLast().allSatisfy { !$0.isRepeating })
    for name in command.exclusive.joined() { #expect(command.options.contains { $0.long == name }, "\(name)") }
  }

  @Test func everyCommandHasABodyAndEveryBodyACommand() {
    #expect(Set(CommandTable.bodies.keys) == Set(CommandTable.all.commands.map(\.name)))
  }

  @Test func theFirstFiveCommandsExist() {
    for name in ["new", "validate", "plan", "apply", "status"] { #expect(CommandTable.all.command(named: name) != nil) }
  }

  @Test func doneIsCheckpoint() {
    #expect(CommandTable.all.command(named: "done")?.name == "checkpoint")
  }
}

/// Cuts at blanks outside double quotes, as a shell does.
private func shellWords(_ line: String) -> [String] {
  var words: [String] = []
  for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
    if index.isMultiple(of: 2) {
      words += part.split(separator: " ").map(String.init)
    } else {
      words.append(String(part))
    }
  }
  return words
}

/// The name is enough to tell a case of a test.
extension CommandSpec: CustomTestStringConvertible {
  var testDescription: String { name }
}
