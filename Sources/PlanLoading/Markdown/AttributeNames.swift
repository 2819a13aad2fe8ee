internal import Diagnostics

/// The words that an attribute of a step or a phase may be written with.
struct AttributeNames: Sendable {
  /// By the words in lower case: the key of the plan format.
  private let keys: [String: String]
  /// What a misspelt word is compared with.
  let known: [String]

  /// The key that some words stand for; nil if they are no attribute.
  func key(_ words: String) -> String? { keys[AttributeNames.normalized(words)] }

  /// What some words were most likely meant to be, as they are written in prose.
  func nearest(_ words: String) -> String? {
    let name = AttributeNames.normalized(words)
    // Short words are near to many.
    if name.utf8.count < 4 { return nil }
    return NearestName.of(name, among: known).map(AttributeNames.title)
  }

  private init(_ names: [String], aliases: [String: [String]]) {
    var keys: [String: String] = [:]
    for name in names { keys[name] = name }
    for (key, words) in aliases {
      for word in words { keys[word] = key }
    }
    self.keys = keys
    known = keys.keys.filter { !$0.hasPrefix("expected_") }.sorted()
  }

  /// `Depends on` and `depends-on` are the same as `depends_on`.
  private static func normalized(_ words: String) -> String {
    String(words.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }

  /// `depends_on` as a person writes it: `Depends on`.
  static func title(_ key: String) -> String {
    let words = key.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// Those of a declared step: every key of a step, and what says how its block is read.
  static let step = AttributeNames(
    StepKey.table.names.filter { $0 != "id" } + [action, language, database],
    aliases: [
      "needs": ["need", "depends", "depends_on", "requires", "dependencies", "dependency"],
      "cwd": ["working_directory", "working_dir", "directory", "workdir"],
      "env": ["environment"],
      "estimate": ["estimated_effort", "effort"],
      "inputs": ["input"],
      "outputs": ["output"],
      "labels": ["label", "tags"],
      "retry": ["retries"],
      "owner": ["assignee"],
    ].merging(expectedAliases) { first, _ in first })

  /// What a step must show, below its script.
  static let expected = AttributeNames([], aliases: expectedAliases)

  private static let expectedAliases = [
    expectedExit: ["expected_exit", "expected_exit_code"],
    outputContains: ["expected_output_contains", "expected_stdout_contains"],
    outputMatches: ["expected_output_matches", "expected_stdout_matches"],
    outputIs: ["expected_output_is_exactly", "expected_output_is", "expected_stdout_is_exactly"],
    errorContains: ["expected_error_contains", "expected_stderr_contains"],
    errorMatches: ["expected_error_matches", "expected_stderr_matches"],
    errorIs: ["expected_error_is_exactly", "expected_stderr_is_exactly"],
  ]

  static let expectedExit = "expect.exit"
  static let outputContains = "stdout.contains"
  static let outputMatches = "stdout.matches"
  static let outputIs = "stdout.is"
  static let errorContains = "stderr.contains"
  static let errorMatches = "stderr.matches"
  static let errorIs = "stderr.is"
  static let expectations = Set(expectedAliases.keys)

  /// Those of a heading that is a phase.
  static let phase = AttributeNames(
    PhaseKey.table.names.filter { $0 != "id" && $0 != "title" },
    aliases: [
      "needs": ["depends_on", "requires"],
      "estimate": ["estimated_effort", "effort"],
      "deliverables": ["deliverable", "key_deliverables"],
      "objective": ["objectives", "goal"],
    ])

  /// `Action: `file``: the block is the YAML of that action.
  static let action = "action"
  /// `Language: `python``: what the block is written in.
  static let language = "language"
  /// `Database: `sqlite:w.db``: where an SQL block runs.
  static let database = "database"

  /// Keys whose value is a list of texts.
  static let lists: Set<String> = [
    "needs", "inputs", "outputs", "creates", "labels", "undoes", "secrets", "deliverables",
  ]
  /// Keys whose texts are names, so that a comma always parts two of them.
  static let nameLists: Set<String> = ["needs", "labels", "undoes", "secrets"]
  /// Keys whose value is a sentence rather than a word: it goes on to the end of the paragraph, and stands as prose.
  static let sentences: Set<String> = ["title", "description", "manual", "approve", "agent", "objective"]

  /// Keys whose value stays text even if it looks like a number.
  static let texts: Set<String> = [
    "title", "description", "owner", "cwd", "run", "unless", "manual", "approve", "agent", "pool", "phase", "foreach",
  ]

  /// Whether a value is YAML in braces or brackets rather than a text.
  static func isStructured(_ text: String, key: String) -> Bool {
    switch key {
    // `[ -f x ]` is a test of the shell.
    case "check", "verify", "gate": text.hasPrefix("{") || text.hasPrefix("[{")
    case "env", "retry", "expect", "foreach", "file", "edit", "sql", "exec", "state", "undo", "shell", "with":
      text.hasPrefix("{") || text.hasPrefix("[")
    default: false
    }
  }

  /// `the repository root` as a working directory.
  static func isRoot(_ text: String) -> Bool {
    [
      "the repository root", "repository root", "the repo root", "repo root", "the project root", "project root",
      "the root of the repository",
    ].contains(text.lowercased())
  }
}
