internal import PlanLoading

/// A command line that was understood: the command, and what it was given.
///
/// Options and positionals are asked for by the names of the table; a name that the command does not declare is a
/// programmer's error and traps.
package struct ParsedCommand: Hashable, Sendable {
  package let command: CommandSpec
  package let globals: GlobalOptions
  /// By long name: the values in the order given, nil where an option stands without one.
  private let options: [String: [String?]]
  /// By name.
  private let positionals: [String: [String]]

  init(
    command: CommandSpec, globals: GlobalOptions = GlobalOptions(), options: [String: [String?]] = [:],
    positionals: [String: [String]] = [:]
  ) {
    self.command = command
    self.globals = globals
    self.options = options
    self.positionals = positionals
  }

  /// Whether the command has the option at all.
  package func declares(_ option: String) -> Bool { command.options.contains { $0.long == option } }

  /// Whether the option was given.
  package func has(_ option: String) -> Bool { !given(option).isEmpty }

  /// The value of an option that is given at most once.
  package func value(_ option: String) -> String? { given(option).last ?? nil }

  /// The values of an option, in the order given.
  package func values(_ option: String) -> [String] { given(option).compactMap(\.self) }

  /// The value of a `count` option.
  package func count(_ option: String) -> Int? { value(option).flatMap(ValueKind.count) }

  /// The value of a `duration` option.
  package func duration(_ option: String) -> Duration? { value(option).flatMap { try? DurationText.read($0).get() } }

  /// The value of a `choice` option, as a case of an enumeration.
  package func choice<Choice: RawRepresentable<String>>(_ option: String, as: Choice.Type = Choice.self) -> Choice? {
    value(option).flatMap(Choice.init(rawValue:))
  }

  /// The values of an `assignment` option, cut at the first `=`.
  package func assignments(_ option: String) -> [(key: String, value: String)] {
    values(option).compactMap { text in
      guard let equals = text.firstIndex(of: "=") else { return nil }
      return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }
  }

  /// The word at a place that takes one.
  package func positional(_ name: String) -> String? { words(name).first }

  /// The words at a place that takes many.
  package func words(_ name: String) -> [String] {
    precondition(command.positionals.contains { $0.name == name }, "\(command.name) declares no \(name)")
    return positionals[name] ?? []
  }

  private func given(_ option: String) -> [String?] {
    precondition(command.options.contains { $0.long == option }, "\(command.name) declares no --\(option)")
    return options[option] ?? []
  }
}
