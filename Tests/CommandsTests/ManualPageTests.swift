internal import Testing

@testable internal import Commands

struct ManualPageTests {
  private let page = ManualPage.render(.all)

  @Test func everyCommandOptionAndTopicStandsInThePage() {
    for command in CommandTable.all.commands {
      #expect(page.contains(".SS \(command.name)\n"))
      for option in command.options { #expect(page.contains("\\-\\-" + option.long.replacing("-", with: "\\-"))) }
    }
    for title in ["OPTIONS", "EXIT CODES", "ENVIRONMENT", "PLAN FORMAT", "EXAMPLES"] {
      #expect(page.contains(".SH \(title)\n"))
    }
  }

  @Test func everyRequestIsOneThatThePageMeans() {
    let known: Set<Substring> = [".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".BR", ".I", ".RS", ".RE", ".nf", ".fi"]
    for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(known.contains(line.prefix { $0 != " " }), "\(line)")
    }
  }

  @Test func hyphensAndBackslashesAreKept() {
    let table = CommandTable(
      commands: [
        CommandSpec("x", group: .look, summary: "s", discussion: [".a-b\\n ~ ^"], examples: [])
      ], globalOptions: [])
    #expect(ManualPage.render(table).contains("\n\\&.a\\-b\\en \\(ti \\(ha\n"))
  }
}
