internal import Diagnostics

/// Makes a command and its values of the words of a command line.
///
/// Options may stand anywhere before `--`. A word that looks like an option is never taken as the value of the option
/// before it; `--name=VALUE` gives any value.
package struct CommandLineParser {
  private let table: CommandTable
  private var command: CommandSpec?
  private var globals: [String: [String?]] = [:]
  private var options: [String: [String?]] = [:]
  private var words: [String] = []

  private init(table: CommandTable) { self.table = table }

  /// Parses the words after the program's name.
  ///
  /// `--help` and `--version` win over everything else, mistakes included: they become the commands `help` and
  /// `version`.
  package static func parse(_ arguments: [String], table: CommandTable = .all) -> Result<ParsedCommand, UsageError> {
    var parser = CommandLineParser(table: table)
    let asked = arguments.prefix { $0 != "--" }
    do throws(UsageError) {
      return .success(try parser.read(arguments))
    } catch {
      if error.isUnknownCommand { return .failure(error) }
      if asked.contains(where: { $0 == "--help" || $0 == "-h" }), let help = parser.helpCommand() {
        return .success(help)
      }
      return .failure(error)
    }
  }

  private mutating func read(_ arguments: [String]) throws(UsageError) -> ParsedCommand {
    var rest = arguments[...]
    var optionsEnded = false
    while let word = rest.popFirst() {
      if optionsEnded || !Self.looksLikeOption(word) {
        try take(word)
      } else if word == "--" {
        optionsEnded = true
      } else if word.hasPrefix("--") {
        try readLong(word, &rest)
      } else {
        try readShort(word, &rest)
      }
    }
    if globals["help"] != nil, let help = helpCommand() { return help }
    if globals["version"] != nil, let version = table.command(named: "version") {
      return ParsedCommand(command: version, globals: GlobalOptions(globals))
    }
    guard let command else { throw UsageError("no command", advice: "start with: execplan new \"My plan\"") }
    try checkCombination(command)
    return ParsedCommand(
      command: command, globals: GlobalOptions(globals), options: options,
      positionals: try PositionalAssignment.assign(words, to: command))
  }

  /// `-` alone is a word: standard input.
  private static func looksLikeOption(_ word: String) -> Bool { word.utf8.count > 1 && word.utf8.first == 0x2D }

  /// The first word is the command, all others are its positionals.
  private mutating func take(_ word: String) throws(UsageError) {
    if command != nil {
      words.append(word)
    } else if let found = table.command(named: word) {
      command = found
    } else {
      throw UsageError.unknownCommand(word, table)
    }
  }

  private mutating func readLong(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
    let body = word.dropFirst(2)
    let equals = body.firstIndex(of: "=")
    let name = String(body[..<(equals ?? body.endIndex)])
    let attached = equals.map { String(body[body.index(after: $0)...]) }
    guard let option = option({ $0.long == name }) else {
      throw UsageError.unknownOption("--" + name, command, table)
    }
    switch option.argument {
    case .flag:
      if attached != nil { throw usage("\"--\(name)\" takes no value", "write --\(name)") }
      try record(option, nil)
    case .optional: try record(option, attached)
    case .required:
      if let attached { return try record(option, attached) }
      try record(option, try nextValue(of: option, as: "--" + name, &rest))
    }
  }

  /// `-f`, `-qv`, `-j8`, `-j 8`, `-kj8`.
  private mutating func readShort(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = option({ $0.short == letter }) else {
        throw UsageError.unknownOption("-\(letter)", command, table)
      }
      guard case .required = option.argument else {
        try record(option, nil)
        continue
      }
      if letters.isEmpty {
        try record(option, try nextValue(of: option, as: "-\(letter)", &rest))
      } else {
        if letters.first == "=" { letters.removeFirst() }
        try record(option, String(letters))
      }
      return
    }
  }

  private func option(_ matches: (OptionSpec) -> Bool) -> OptionSpec? {
    command?.options.first(where: matches) ?? table.globalOptions.first(where: matches)
  }

  private func nextValue(
    of option: OptionSpec, as written: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) -> String {
    guard let next = rest.first else { throw usage("\"\(written)\" needs a value", "write \(option.usage)") }
    if Self.looksLikeOption(next) {
      throw usage(
        "\"\(written)\" needs a value, and \(UsageError.quoted(next)) looks like an option",
        "write --\(option.long)=VALUE if it is the value")
    }
    rest.removeFirst()
    return next
  }

  private mutating func record(_ option: OptionSpec, _ value: String?) throws(UsageError) {
    if let value, let problem = option.valueKind?.problem(with: value) {
      throw usage("\(UsageError.quoted(value)) \(problem.message) (--\(option.long))", problem.advice)
    }
    let isGlobal = !(command?.options.contains(option) ?? false)
    let before = (isGlobal ? globals : options)[option.long] ?? []
    // A flag said twice says the same; of two values one would be lost without a word.
    if !option.isRepeatable, option.argument != .flag, !before.isEmpty {
      throw usage("\"--\(option.long)\" is given twice", "give it once")
    }
    if isGlobal {
      globals[option.long, default: []].append(value)
    } else {
      options[option.long, default: []].append(value)
    }
  }

  private func checkCombination(_ command: CommandSpec) throws(UsageError) {
    for option in command.options where option.isRequired && options[option.long] == nil {
      throw usage("\"--\(option.long)\" is missing", "write \(option.usage)")
    }
    for set in command.exclusive + [["quiet", "verbose"]] {
      let given = set.filter { options[$0] != nil || globals[$0] != nil }
      if given.count > 1 {
        throw usage("\"--\(given[0])\" and \"--\(given[1])\" exclude each other", "give one of them")
      }
    }
  }

  private func helpCommand() -> ParsedCommand? {
    guard let help = table.command(named: "help") else { return nil }
    // `execplan help --help` is the help of help.
    return ParsedCommand(
      command: help, globals: GlobalOptions(globals), positionals: command.map { ["TOPIC": [$0.name]] } ?? [:])
  }

  private func usage(_ message: String, _ advice: String?) -> UsageError {
    UsageError(message, advice: advice, command: command?.name)
  }
}
