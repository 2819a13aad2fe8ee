internal import PlanModel

/// Writes the completion script for bash; it needs no other package.
enum BashCompletion {
  static func script(_ table: CommandTable) -> String {
    let words = CompletionWords(table: table)
    let names = words.commands.map(\.name).joined(separator: " ")
    return """
      # bash completion for execplan; made by: execplan completions bash

      _execplan_files() {
        compopt -o filenames 2>/dev/null
        local IFS=$'\\n'
        COMPREPLY=($(compgen "$@" -- "$cur"))
      }

      _execplan_plans() {
        compopt -o filenames 2>/dev/null
        local IFS=$'\\n'
        COMPREPLY=($(compgen -d -- "$cur"; compgen -f -X '!*.yaml' -- "$cur"; compgen -f -X '!*.yml' -- "$cur"
          compgen -f -X '!*.json' -- "$cur"))
      }

      _execplan() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' word='' before='' place=0 i options
        COMPREPLY=()
        # Readline cuts words at "=": put --name=VALUE together again.
        if [[ $cur == '=' ]]; then
          cur=''
        elif [[ $prev == '=' ]] && ((COMP_CWORD > 1)); then
          prev=${COMP_WORDS[COMP_CWORD-2]}
        fi
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          if [[ $word == '=' || $before == '=' ]]; then
            before=$word
            continue
          fi
          case "$command $before" in
      \(takesValue(words))
              before=''
              continue ;;
          esac
          before=$word
          [[ $word == -?* ]] && continue
          if [[ -z $command ]]; then
            case $word in
      \(aliases(table))
              *) command=$word ;;
            esac
          else
            ((place++))
          fi
        done

        case "$command $prev" in
      \(values(words))
        esac

        if [[ $cur == -* ]]; then
          case $command in
      \(options(words))
            *) options=\(ShellQuoting.singleQuoted(table.globalOptions.flatMap(words.spellings).joined(separator: " "))) ;;
          esac
          COMPREPLY=($(compgen -W "$options" -- "$cur"))
          return
        fi

        case "$command $place" in
          ' '*) COMPREPLY=($(compgen -W '\(names)' -- "$cur")) ;;
      \(places(words))
        esac
      }

      complete -F _execplan execplan

      """
  }

  /// Each option that takes a value, as `command --option` for commands and `* --option` for global ones.
  private static func patterns(_ words: CompletionWords, where matches: (OptionSpec) -> Bool) -> [String] {
    func isWanted(_ option: OptionSpec) -> Bool {
      if case .required = option.argument { matches(option) } else { false }
    }
    let own = words.table.commands.flatMap { command in
      command.options.filter(isWanted).flatMap(words.spellings).map { "'\(command.name) \($0)'" }
    }
    return own + words.table.globalOptions.filter(isWanted).flatMap(words.spellings).map { "*' \($0)'" }
  }

  private static func takesValue(_ words: CompletionWords) -> String {
    "        " + patterns(words) { _ in true }.joined(separator: " | \\\n        ") + ")"
  }

  private static func values(_ words: CompletionWords) -> String {
    var kinds: [CompletionKind] = []
    for option in words.table.commands.flatMap(\.options) + words.table.globalOptions
    where !kinds.contains(option.completion) {
      kinds.append(option.completion)
    }
    return kinds.map { kind in
      let cases = patterns(words) { $0.completion == kind }
      return cases.isEmpty
        ? nil : "    " + cases.joined(separator: " | ") + ")\n      \(action(kind, words))\n      return ;;"
    }
    .compactMap(\.self).joined(separator: "\n")
  }

  private static func action(_ kind: CompletionKind, _ words: CompletionWords) -> String {
    if let list = words.words(kind) { return "COMPREPLY=($(compgen -W '\(list.joined(separator: " "))' -- \"$cur\"))" }
    switch kind {
    case .plan: return "_execplan_plans"
    case .file: return "_execplan_files -f"
    case .folder: return "_execplan_files -d"
    default: return ":"
    }
  }

  private static func aliases(_ table: CommandTable) -> String {
    table.commands.flatMap { command in command.aliases.map { "        \($0)) command=\(command.name) ;;" } }
      .joined(separator: "\n")
  }

  private static func options(_ words: CompletionWords) -> String {
    words.table.commands.map { command in
      "      \(command.name)) options='\(words.options(of: command).flatMap(words.spellings).joined(separator: " "))' ;;"
    }
    .joined(separator: "\n")
  }

  private static func places(_ words: CompletionWords) -> String {
    words.table.commands.flatMap { command in
      command.positionals.enumerated().compactMap { index, place -> String? in
        if place.completion == .nothing { return nil }
        let number = place.isRepeating ? "*" : "'\(index)'"
        return "    '\(command.name) '\(number)) \(action(place.completion, words)) ;;"
      }
    }
    .joined(separator: "\n")
  }
}
