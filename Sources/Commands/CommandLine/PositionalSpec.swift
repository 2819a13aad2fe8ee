/// One word, or row of words, that a command takes by its place.
package struct PositionalSpec: Hashable, Sendable {
  /// As the help shows it: `PLAN`.
  package let name: String
  package let isOptional: Bool
  /// Takes all words that are left; only the last one of a command may.
  package let isRepeating: Bool
  /// The only words it may be; empty: any.
  package let choices: [String]
  package let completion: CompletionKind
  /// One sentence, lower case, no full stop.
  package let help: String

  package init(
    _ name: String, optional: Bool = false, repeating: Bool = false, choices: [String] = [],
    completion: CompletionKind = .nothing, help: String
  ) {
    self.name = name
    self.isOptional = optional
    self.isRepeating = repeating
    self.choices = choices
    self.completion = choices.isEmpty ? completion : .words(choices)
    self.help = help
  }

  /// `PLAN`, `[STEP]`, `[PATH]...`.
  package var usage: String {
    (isOptional ? "[\(name)]" : name) + (isRepeating ? "..." : "")
  }
}
