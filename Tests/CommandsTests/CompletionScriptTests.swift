internal import Testing

@testable internal import Commands

struct CompletionScriptTests {
  @Test(arguments: ["bash", "zsh", "fish"])
  func aScriptKnowsEveryCommandAndOption(shell: String) {
    let script = CompletionsCommand.script(for: shell, .all)
    for command in CommandTable.all.commands {
      for name in [command.name] + command.aliases where !command.isHidden { #expect(script.contains(name)) }
      for option in command.options {
        #expect(script.contains(shell == "fish" ? "-l \(option.long)" : "--\(option.long)"), "\(option.long)")
        for choice in option.choices { #expect(script.contains(choice)) }
      }
    }
  }

  @Test func textsAreQuotedForTheirShell() {
    let table = CommandTable(
      commands: [
        CommandSpec(
          "x", group: .look, summary: "it's $HOME", discussion: [],
          options: [OptionSpec("o", help: "it's [a]: \\ $(b)")], examples: [])
      ], globalOptions: [])
    #expect(ZshCompletion.script(table).contains("'x:it'\\''s $HOME'"))
    #expect(ZshCompletion.script(table).contains("'(--o)--o[it'\\''s \\[a\\]\\: \\\\ $(b)]'"))
    #expect(FishCompletion.script(table).contains("-d 'it\\'s [a]: \\\\ $(b)'"))
  }
}
