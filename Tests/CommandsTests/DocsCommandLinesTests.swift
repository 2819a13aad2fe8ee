internal import TestSupport
internal import Testing

@testable internal import Commands

/// What the documentation says about the command line is so.
struct DocsCommandLinesTests {
  @Test(arguments: MarkdownPage.all)
  func everyCommandLineParses(page: MarkdownPage) {
    for (line, command) in Self.commandLines(page) {
      let result = CommandLineParser.parse(command)
      if case .failure(let error) = result {
        Issue.record("\(page.path):\(line): execplan \(command.joined(separator: " "))\n\(error.text)")
      }
    }
  }

  @Test(arguments: MarkdownPage.all)
  func everyOptionExists(page: MarkdownPage) {
    let ours = Set((OptionSpec.global + CommandTable.all.commands.flatMap(\.options)).map { "--" + $0.long })
    // Of the tools that README compares with.
    let foreign: Set = ["--trace", "--dry", "--check", "--unlock", "--tell"]
    for (line, text) in page.inlineCode where text.hasPrefix("--") {
      let option = String(text.prefix { $0 != " " && $0 != "=" })
      #expect(ours.contains(option) || foreign.contains(option), "\(page.path):\(line): \(text)")
    }
  }

  @Test func everyCommandHasItsHelpOnThePageOfCommands() throws {
    let page = try #require(MarkdownPage.all.first { $0.path == "docs/commands.md" })
    let shown = Set(page.lines.filter { $0.hasPrefix("$ execplan help ") }.map { String($0.dropFirst(16)) })
    let all = CommandTable.all.commands.map(\.name) + HelpTopic.all.map(\.name)
    #expect(Set(all).subtracting(shown).isEmpty && shown.subtracting(all).isEmpty)
  }

  /// The command lines of a page with their lines: those that are run, and those in the text.
  private static func commandLines(_ page: MarkdownPage) -> [(line: Int, words: [String])] {
    var found: [(Int, [String])] = []
    for block in page.blocks where block.language == "console" {
      for index in block.lines where page.lines[index].hasPrefix("$ ") {
        found += calls(in: String(page.lines[index].dropFirst(2))).map { (index + 1, $0) }
      }
    }
    for (line, text) in page.inlineCode where text.hasPrefix("execplan ") {
      found += calls(in: text).map { (line, $0) }
    }
    return found
  }

  /// The words after each `execplan` of a shell line, redirections left out.
  private static func calls(in text: String) -> [[String]] {
    var calls: [[String]] = []
    var words: [String] = []
    func end() {
      if words.first == "execplan" { calls.append(Array(words.dropFirst().prefix { !$0.contains(/^\d?[<>]/) })) }
      words = []
    }
    for word in shellWords(text) {
      if [";", "&", "&&", "||", "|", "(", ")"].contains(word) { end() } else { words.append(word) }
    }
    end()
    return calls
  }

  /// Enough of a shell's reading for the lines of the documentation: quotes, blanks and separators.
  private static func shellWords(_ text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    func end() {
      if let done = word { words.append(done) }
      word = nil
    }
    for character in text {
      switch (quote, character) {
      case (let open?, _) where character == open: quote = nil
      case (_?, _): word = (word ?? "") + String(character)
      case (nil, "\""), (nil, "'"):
        quote = character
        word = word ?? ""
      case (nil, " "): end()
      case (nil, ";"), (nil, "|"), (nil, "("), (nil, ")"):
        end()
        words.append(String(character))
      default: word = (word ?? "") + String(character)
      }
    }
    end()
    return words
  }
}
