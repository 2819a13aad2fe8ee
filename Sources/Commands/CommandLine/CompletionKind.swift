/// What a shell offers when a word of this kind is being typed.
package enum CompletionKind: Hashable, Sendable {
  case nothing
  case file
  case folder
  /// A file that can hold a plan, and folders on the way to it.
  case plan
  /// A command or a topic of the help.
  case helpTopic
  /// One of a fixed list of words.
  case words([String])
}
