/// One option of a command: the only place where its names, its value and its help stand.
package struct OptionSpec: Hashable, Sendable {
  /// What follows the name of an option.
  package enum Argument: Hashable, Sendable {
    /// Nothing: the option is there or not.
    case flag
    /// `--name VALUE`, `--name=VALUE`, `-nVALUE`.
    case required(name: String, ValueKind)
    /// `--name` or `--name=VALUE`; a following word is never taken.
    case optional(name: String, ValueKind)
  }

  /// Without the dashes; unique in its command.
  package let long: String
  package let short: Character?
  package let argument: Argument
  /// May be given more than once; the values are collected in order.
  package let isRepeatable: Bool
  /// The command cannot do without it.
  package let isRequired: Bool
  /// What holds when it is not given, as the help shows it.
  package let defaultText: String?
  /// One sentence, lower case, no full stop.
  package let help: String

  package init(
    _ long: String, short: Character? = nil, _ argument: Argument = .flag, repeatable: Bool = false,
    required: Bool = false, default defaultText: String? = nil, help: String
  ) {
    self.long = long
    self.short = short
    self.argument = argument
    self.isRepeatable = repeatable
    self.isRequired = required
    self.defaultText = defaultText
    self.help = help
  }

  package var valueKind: ValueKind? {
    switch argument {
    case .flag: nil
    case .required(_, let kind), .optional(_, let kind): kind
    }
  }

  package var choices: [String] {
    if case .choice(let words) = valueKind { words } else { [] }
  }

  package var completion: CompletionKind {
    switch valueKind {
    case .choice(let words): .words(words)
    case .file: .file
    case .folder: .folder
    case .text, .count, .duration, .assignment, nil: .nothing
    }
  }

  /// `--format text|json`, `--phase PHASE`, `--wait[=DUR]`.
  package var usage: String {
    switch argument {
    case .flag: "--\(long)"
    case .required(let name, _): "--\(long) \(name)"
    case .optional(let name, _): "--\(long)[=\(name)]"
    }
  }
}

extension OptionSpec {
  /// An option whose value is one of some words.
  package static func choice(
    _ long: String, short: Character? = nil, _ choices: [String], required: Bool = false, default defaultText: String?,
    help: String
  ) -> OptionSpec {
    OptionSpec(
      long, short: short, .required(name: choices.joined(separator: "|"), .choice(choices)), required: required,
      default: defaultText, help: help)
  }
}
