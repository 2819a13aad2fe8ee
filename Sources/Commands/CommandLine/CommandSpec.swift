/// What one command takes and says about itself.
///
/// The parser, the help, the man page and the completions are made from these values and from nothing else.
package struct CommandSpec: Hashable, Sendable {
  package let name: String
  /// Other names that call the same command.
  package let aliases: [String]
  package let group: CommandGroup
  /// One phrase, lower case, no full stop.
  package let summary: String
  /// Paragraphs; each is wrapped to the width of the page.
  package let discussion: [String]
  package let positionals: [PositionalSpec]
  package let options: [OptionSpec]
  /// Sets of long names of which at most one may be given.
  package let exclusive: [[String]]
  package let examples: [CommandExample]
  /// Left out of the list of commands; it works and has its own help.
  package let isHidden: Bool

  package init(
    _ name: String, aliases: [String] = [], group: CommandGroup, summary: String, discussion: [String],
    positionals: [PositionalSpec] = [], options: [OptionSpec] = [], exclusive: [[String]] = [],
    examples: [CommandExample], hidden: Bool = false
  ) {
    self.name = name
    self.aliases = aliases
    self.group = group
    self.summary = summary
    self.discussion = discussion
    self.positionals = positionals
    self.options = options
    self.exclusive = exclusive
    self.examples = examples
    self.isHidden = hidden
  }

  /// `execplan logs [OPTIONS] [PLAN] [STEP]`, with the required options spelt out.
  package var usage: String {
    var words = ["execplan", name]
    if options.contains(where: { !$0.isRequired }) { words.append("[OPTIONS]") }
    words += positionals.map(\.usage)
    words += options.filter(\.isRequired).map(\.usage)
    return words.joined(separator: " ")
  }
}
