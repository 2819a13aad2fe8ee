internal import PlanModel

/// The files of the project that the programs of steps run, found by reading commands as words.
enum ApprovedScripts {
  /// Of the action, of what is looked at before and after it, and of what takes it back.
  static func of(_ step: Step) -> [String] {
    var found = scripts(of: step.action)
    if let unless = step.unless { found += scripts(of: unless) }
    found += scripts(of: step.verify)
    if let undo = step.undo { found += scripts(of: undo) }
    return found
  }

  private static func scripts(of action: Action) -> [String] { program(of: action) + scripts(of: action.checks) }

  /// Those of what the action itself starts.
  private static func program(of action: Action) -> [String] {
    switch action {
    case .run(let run): return scripts(of: run.script)
    case .exec(let exec): return scripts(of: exec)
    case .agent(let agent):
      switch agent.program {
      case .script(let script): return scripts(of: script)
      case .words(let exec): return scripts(of: exec)
      case nil: return []
      }
    case .file, .edit, .sql, .http, .fetch, .check, .wait, .manual, .approve, .uses: return []
    }
  }

  private static func scripts(of checks: [Check]) -> [String] {
    checks.flatMap { check -> [String] in
      guard case .run(let run) = check.kind else { return [] }
      return scripts(of: run.script)
    }
  }

  private static func scripts(of exec: ExecAction) -> [String] {
    script(exec.arguments.map { $0.literal ?? "" }).map { [$0] } ?? []
  }

  /// Of each command the first word if it is a path, or what an interpreter is given to read.
  private static func scripts(of script: ShellScript) -> [String] {
    let text = script.template.literal ?? script.template.readable
    return commands(in: text).compactMap { line in
      ApprovedScripts.script(line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }).map { String(Substring($0)) })
    }
  }

  /// The text between what parts commands, those in `$(…)`, `<(…)` and backquotes among them; a line that goes on after a
  /// backslash is one.
  private static func commands(in text: String) -> [Substring.UTF8View] {
    let joined = text.replacing("\\\n", with: " ").replacing("$(", with: "\n").replacing("<(", with: "\n")
    let separators = Set("\n;&|`".utf8)
    return joined.utf8.split(whereSeparator: separators.contains)
  }

  /// What may stand before a command: words of the shell, and programs that start what they are given.
  private static let leading: Set<String> = [
    "if", "then", "elif", "else", "while", "until", "do", "!", "{", "(", "time", "exec", "command", "nohup", "env",
    "sudo", "nice",
  ]

  private static func script(_ words: [String]) -> String? {
    var words = words[...]
    var isLed = false
    while let first = words.first {
      if first.utf8.first == UInt8(ascii: "("), first.utf8.count > 1 {
        words[words.startIndex].removeFirst()
      } else if leading.contains(first) {
        isLed = true
        words = words.dropFirst()
      } else if first.utf8.contains(UInt8(ascii: "=")) || isLed && first.hasPrefix("-") {
        words = words.dropFirst()
      } else {
        break
      }
    }
    guard let program = words.first else { return nil }
    let name = program.split(separator: "/").last.map(String.init) ?? program
    if interpreters.contains(name) {
      return script(of: name, words.dropFirst()).flatMap(relative)
    }
    return program.utf8.contains(UInt8(ascii: "/")) ? relative(program) : nil
  }

  /// What an interpreter reads: for a client of a database the file after `-f` or `<`, for others the first argument that
  /// belongs to no option.
  private static func script(of interpreter: String, _ arguments: ArraySlice<String>) -> String? {
    let isClient = interpreter == "psql" || interpreter == "sqlite3"
    var isNext = false
    var isSkipped = false
    for argument in arguments where !argument.isEmpty {
      if isNext { return argument }
      if isSkipped {
        isSkipped = false
      } else if argument == "<" || isClient && ["-f", "--file", "-init"].contains(argument) {
        isNext = true
      } else if argument.hasPrefix("<") && !argument.hasPrefix("<<") {
        return String(argument.dropFirst())
      } else if isClient {
        for prefix in ["--file=", "-f"] where interpreter == "psql" && argument.hasPrefix(prefix) {
          return String(argument.dropFirst(prefix.count))
        }
      } else if argument.hasPrefix("-") || argument.hasPrefix("+") {
        isSkipped = optionsWithValue.contains(argument)
      } else {
        return argument
      }
    }
    return nil
  }

  private static let optionsWithValue: Set<String> = ["-o", "+o", "-O", "+O", "-W", "-X", "-r", "-I"]

  /// A path within the project; nil for others.
  private static func relative(_ word: String) -> String? {
    var bytes = word.utf8[...]
    if bytes.starts(with: "./".utf8) { bytes = bytes.dropFirst(2) }
    let quotes = Set("\"'".utf8)
    if let first = bytes.first, quotes.contains(first) { bytes = bytes.dropFirst() }
    if bytes.starts(with: "./".utf8) { bytes = bytes.dropFirst(2) }
    // What closes a command within another one stands behind its last word.
    while let last = bytes.last, quotes.contains(last) || last == UInt8(ascii: ")") { bytes = bytes.dropLast() }
    let path = String(Substring(bytes))
    let isPlain = !path.isEmpty && !path.hasPrefix("/") && !path.hasPrefix("~") && PathPattern(path).isLiteral
    return isPlain && !path.split(separator: "/").contains("..") && !path.utf8.contains(UInt8(ascii: "$")) ? path : nil
  }

  private static let interpreters: Set<String> = [
    "bash", "sh", "dash", "ksh", "zsh", "python", "python3", "node", "ruby", "perl", "php", "Rscript", "psql",
    "sqlite3",
    "source", ".",
  ]
}
