/// A short page of help that is not about one command.
package struct HelpTopic: Sendable {
  /// As in `execplan help NAME`.
  package let name: String
  /// One phrase, lower case, no full stop.
  package let summary: String
  package let blocks: [HelpBlock]

  package static let all: [HelpTopic] = [.exitCodes, .environment, .planFormat]
}
