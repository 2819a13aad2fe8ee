internal import Diagnostics

/// Gives the words of a command line to the places of a command.
enum PositionalAssignment {
  /// Required places are served first, then optional ones from the left: of `[PLAN] STEP` one word is the step.
  static func assign(_ words: [String], to command: CommandSpec) throws(UsageError) -> [String: [String]] {
    var spare = words.count - command.positionals.count { !$0.isOptional }
    var rest = words[...]
    var result: [String: [String]] = [:]
    for place in command.positionals {
      if place.isOptional {
        guard spare > 0 else { continue }
        spare -= 1
      } else if rest.isEmpty {
        throw UsageError(
          "\(place.name) is missing: \(place.help)", advice: "write \(command.usage)", command: command.name)
      }
      let taken = place.isRepeating ? rest : rest.prefix(1)
      rest = rest.dropFirst(taken.count)
      try check(taken, place, command)
      result[place.name] = Array(taken)
    }
    if let extra = rest.first {
      throw UsageError(
        "\(UsageError.quoted(extra)) is one argument too many", advice: "write \(command.usage)", command: command.name)
    }
    return result
  }

  private static func check(
    _ words: ArraySlice<String>, _ place: PositionalSpec, _ command: CommandSpec
  ) throws(UsageError) {
    for word in words {
      if word.isEmpty { throw UsageError("\(place.name) is empty", advice: place.help, command: command.name) }
      if !place.choices.isEmpty, let problem = ValueKind.choice(place.choices).problem(with: word) {
        throw UsageError(
          "\(UsageError.quoted(word)) \(problem.message)", advice: problem.advice, command: command.name)
      }
    }
  }
}
