internal import Testing

@testable internal import Commands

struct HelpTests {
  private static let pages: [(name: String, text: String)] =
    [("", HelpText.render(HelpPage.overview(.all)))]
    + CommandTable.all.commands.map { ($0.name, HelpText.render(HelpPage.of($0))) }
    + HelpTopic.all.map { ($0.name, HelpText.render($0.blocks)) }

  @Test func noLineIsWiderThanATerminal() {
    for page in Self.pages {
      #expect(page.text.first != "\n" && page.text.hasSuffix("\n") && !page.text.hasSuffix("\n\n"))
      for line in page.text.split(separator: "\n") {
        // A command line to copy is never broken.
        if line.hasPrefix("  execplan ") { continue }
        #expect(line.count <= HelpText.width, "\(page.name): \(line)")
        #expect(line.last != " ", "\(page.name): \(line)")
      }
    }
  }

  @Test func theFirstScreenFitsAndTeaches() {
    let text = Self.pages[0].text
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 36)
    for command in CommandTable.all.commands where !command.isHidden { #expect(text.contains(command.name)) }
    #expect(text.contains("execplan: 1\n"))
    #expect(text.contains("exit-codes"))
  }

  @Test(arguments: CommandTable.all.commands)
  func aPageNamesEveryOptionPlaceAndExample(command: CommandSpec) {
    let text = HelpText.render(HelpPage.of(command))
    for option in command.options { #expect(text.contains(option.usage)) }
    for place in command.positionals { #expect(text.contains("  \(place.name)")) }
    for example in command.examples { #expect(text.contains("execplan \(example.arguments)")) }
    #expect(text.contains(command.usage))
  }

  @Test func definitionsShowShortNameDefaultAndRepetition() {
    let option = OptionSpec(
      "jobs", short: "j", .required(name: "N", .count(atLeast: 1)), repeatable: true, default: "8", help: "how many")
    #expect(
      HelpText.render([.definitions([HelpPage.definition(option)])])
        == "  -j, --jobs N              how many (may be repeated; default: 8)\n")
  }

  @Test func longTermsPushTheirMeaningDown() {
    let rows = [HelpBlock.Definition("a term that is longer than its column", "short")]
    #expect(
      HelpText.render([.definitions(rows)])
        == "  a term that is longer than its column\n" + String(repeating: " ", count: 28) + "short\n")
  }

  @Test func paragraphsWrapAtBlanks() {
    #expect(HelpText.wrap("aaa bbb ccc", width: 7) == ["aaa bbb", "ccc"])
    #expect(HelpText.wrap("aaaaaaaaaa b", width: 4) == ["aaaaaaaaaa", "b"])
    #expect(HelpText.wrap("", width: 4) == [""])
  }

  @Test func aTopicMayBeACommandAnAliasOrATopic() throws {
    #expect(try HelpCommand.blocks(for: "done", .all) == HelpPage.of(.checkpoint))
    #expect(try HelpCommand.blocks(for: "exit-codes", .all).contains(.heading("what the exit codes mean")))
    #expect(throws: UsageError("there is no command or topic \"aply\"", advice: "did you mean \"apply\"?")) {
      try HelpCommand.blocks(for: "aply", .all)
    }
  }
}
