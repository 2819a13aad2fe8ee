/// Whether a block of code in Concrete Steps can be declared as a step, and if not, why.
package enum CandidateVerdict: Hashable, Sendable {
  /// Every line is a command.
  case commands
  /// Nothing in it looks like a command: what a command prints, a diagram, prose.
  case output
  /// Commands and what they print, or prose, in one block; with the first line that is none.
  case mixed(String)
  /// It holds a word that a person has to fill in.
  case placeholder(String)
  /// It holds a command whose effect can't be taken back or leaves this machine.
  case destructive(String)
  /// It holds the commands of a shell that steps don't have, by its name.
  case foreign(String)
  /// The text above it says that it takes something back.
  case undo
  /// It is code in another language.
  case code(String)
  /// Its place in the document can't be declared in the form that is written.
  case place(String)

  /// What is said of a block that is left as it is.
  package var reason: String {
    switch self {
    case .commands: "all lines are commands"
    case .output: "no line of it is a command"
    case .mixed(let line): "commands and other text in one block: \"\(line)\""
    case .placeholder(let word): "\"\(word)\" has to be filled in"
    case .destructive(let command): "\"\(command)\" can't be taken back, or leaves this machine"
    case .foreign(let shell): "it is \(shell); write it for the shell, or declare it with the attribute \"Language\""
    case .undo: "it takes something back; declare it as the undo of a step"
    case .code(let language): "it is \(language)"
    case .place(let reason): reason
    }
  }

  /// Whether a person may want to know: code to write is no command that was left out.
  package var isNamed: Bool {
    switch self {
    case .code: false
    default: true
    }
  }
}
