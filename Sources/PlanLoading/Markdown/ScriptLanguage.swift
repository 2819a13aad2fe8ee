/// How the block of a step is run, by its language.
enum ScriptLanguage: Hashable {
  /// The step's shell.
  case shell
  /// A program that takes the script.
  case interpreter(String)
  case sql
  /// A typed action.
  case yaml

  /// Nil: a block of this language isn't run.
  init?(_ name: String) {
    guard let language = ScriptLanguage.names[name] else { return nil }
    self = language
  }

  private static let names: [String: ScriptLanguage] = [
    "": .shell, "sh": .shell, "bash": .shell, "shell": .shell,
    "zsh": .interpreter("zsh"), "fish": .interpreter("fish"),
    "python": .interpreter("python3"), "python3": .interpreter("python3"), "py": .interpreter("python3"),
    "javascript": .interpreter("node"), "js": .interpreter("node"), "node": .interpreter("node"),
    "ruby": .interpreter("ruby"), "rb": .interpreter("ruby"),
    "perl": .interpreter("perl"), "pl": .interpreter("perl"),
    "php": .interpreter("php"), "lua": .interpreter("lua"), "r": .interpreter("Rscript"),
    "sql": .sql, "yaml": .yaml, "yml": .yaml,
  ]
}
