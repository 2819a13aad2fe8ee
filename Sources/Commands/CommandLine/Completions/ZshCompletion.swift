internal import PlanModel

/// Writes the completion script for zsh.
enum ZshCompletion {
  static func script(_ table: CommandTable) -> String {
    let words = CompletionWords(table: table)
    let commands = words.commands.map { "    " + ShellQuoting.singleQuoted("\($0.name):\($0.summary)") }
    return """
      #compdef execplan
      # zsh completion for execplan; made by: execplan completions zsh

      _execplan_plans() {
        _files -g '*.(yaml|yml|json)(-.)'
      }

      _execplan_commands() {
        local -a commands=(
      \(commands.joined(separator: "\n"))
        )
        _describe -t commands command commands
      }

      _execplan() {
        local curcontext=$curcontext state line
        typeset -A opt_args
        _arguments -C -s -S \\
      \(table.globalOptions.flatMap { option($0, words) }.map { "    \($0) \\" }.joined(separator: "\n"))
          '1: :_execplan_commands' \\
          '*:: :->arguments' && return
        [[ $state == arguments ]] || return
        case $line[1] in
      \(table.commands.map { arguments($0, words) }.joined(separator: "\n"))
        esac
      }

      if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
        _execplan "$@"
      else
        compdef _execplan execplan
      fi

      """
  }

  private static func arguments(_ command: CommandSpec, _ words: CompletionWords) -> String {
    var specs = words.options(of: command).flatMap { option($0, words) }
    for (index, place) in command.positionals.enumerated() {
      let number = place.isRepeating ? "*" : "\(index + 1)"
      let colons = place.isOptional && !place.isRepeating ? "::" : ":"
      specs.append(
        ShellQuoting.singleQuoted("\(number)\(colons)\(escape(place.name)):\(action(place.completion, words))"))
    }
    let names = ([command.name] + command.aliases).joined(separator: "|")
    return "    \(names))\n      _arguments -s -S \\\n"
      + specs.map { "        \($0)" }.joined(separator: " \\\n") + " ;;"
  }

  private static func option(_ option: OptionSpec, _ words: CompletionWords) -> [String] {
    let spellings = words.spellings(option)
    let value: (name: String, mark: String) =
      switch option.argument {
      case .flag: ("", "")
      case .required(let name, _): (":\(escape(name)):\(action(option.completion, words))", "+")
      case .optional(let name, _): ("::\(escape(name)):\(action(option.completion, words))", "=-")
      }
    return spellings.map { spelling in
      let repeats = option.isRepeatable ? "*" : "(\(spellings.joined(separator: " ")))"
      let mark = value.mark == "+" && spelling.hasPrefix("--") ? "=" : value.mark
      return ShellQuoting.singleQuoted("\(repeats)\(spelling)\(mark)[\(escape(option.help))]\(value.name)")
    }
  }

  private static func action(_ kind: CompletionKind, _ words: CompletionWords) -> String {
    if let list = words.words(kind) { return "(\(list.joined(separator: " ")))" }
    switch kind {
    case .plan: return "_execplan_plans"
    case .file: return "_files"
    case .folder: return "_files -/"
    default: return " "
    }
  }

  private static func escape(_ text: String) -> String {
    var result = text.replacing("\\", with: "\\\\")
    for special in [":", "[", "]"] { result = result.replacing(special, with: "\\" + special) }
    return result
  }
}
