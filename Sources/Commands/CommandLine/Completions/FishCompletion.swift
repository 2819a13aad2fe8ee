/// Writes the completion script for fish.
enum FishCompletion {
  static func script(_ table: CommandTable) -> String {
    let words = CompletionWords(table: table)
    let names = table.commands.flatMap { [$0.name] + $0.aliases }.joined(separator: " ")
    var lines = [
      "# fish completion for execplan; made by: execplan completions fish", "",
      "complete -c execplan -f",
      "set -l commands \(names)",
    ]
    lines += table.globalOptions.map { option($0, condition: nil, words) }
    lines += words.commands.map {
      "complete -c execplan -n \"not __fish_seen_subcommand_from $commands\" -a \($0.name) -d \(quote($0.summary))"
    }
    for command in table.commands {
      let seen = "__fish_seen_subcommand_from \(([command.name] + command.aliases).joined(separator: " "))"
      lines += command.options.map { option($0, condition: seen, words) }
      // fish does not count places: each place's words are offered at all of them.
      var kinds: [CompletionKind] = []
      for place in command.positionals where !kinds.contains(place.completion) { kinds.append(place.completion) }
      lines += kinds.compactMap { kind in
        let arguments = value(kind, words)
        return arguments.isEmpty ? nil : "complete -c execplan -n '\(seen)' \(arguments)"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func option(_ option: OptionSpec, condition: String?, _ words: CompletionWords) -> String {
    var parts = ["complete -c execplan"]
    if let condition { parts.append("-n '\(condition)'") }
    parts.append("-l \(option.long)")
    if let short = option.short { parts.append("-s \(short)") }
    switch option.argument {
    case .flag: break
    case .required: parts.append(["-x", value(option.completion, words)].filter { !$0.isEmpty }.joined(separator: " "))
    case .optional: parts.append(value(option.completion, words))
    }
    parts.append("-d \(quote(option.help))")
    return parts.joined(separator: " ")
  }

  private static func value(_ kind: CompletionKind, _ words: CompletionWords) -> String {
    if let list = words.words(kind) { return "-a '\(list.joined(separator: " "))'" }
    switch kind {
    case .plan:
      return "-k -a '(__fish_complete_suffix .yaml) (__fish_complete_suffix .yml) (__fish_complete_suffix .json)'"
    case .file: return "-a '(__fish_complete_path)'"
    case .folder: return "-a '(__fish_complete_directories)'"
    default: return ""
    }
  }

  private static func quote(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
