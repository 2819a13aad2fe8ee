/// A short page of help that is not about one command.
package struct HelpTopic: Sendable {
  /// As in `execplan help NAME`.
  package let name: String
  /// One phrase, lower case, no full stop.
  package let summary: String
  package let blocks: [HelpBlock]

  package static let all: [HelpTopic] = [.options, .exitCodes, .environment, .planFormat]

  static let options = HelpTopic(
    name: "options", summary: "the options of every command",
    blocks: [.definitions(OptionSpec.global.map(HelpPage.definition))])
}
