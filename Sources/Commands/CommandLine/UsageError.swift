/// A command line that cannot be understood; the program ends with exit code 64.
package struct UsageError: Error, Hashable, Sendable {
  /// Lower case, no full stop, the user's words in double quotes.
  package let message: String
  /// What to do instead, if that is known.
  package let advice: String?
  /// The command whose help says more.
  package let command: String?
  /// There is no such command, so there is no help of it either.
  let isUnknownCommand: Bool

  package init(_ message: String, advice: String? = nil, command: String? = nil) {
    self.init(message, advice: advice, command: command, unknownCommand: false)
  }

  init(_ message: String, advice: String?, command: String? = nil, unknownCommand: Bool) {
    self.message = message
    self.advice = advice
    self.command = command
    self.isUnknownCommand = unknownCommand
  }

  /// What is written to standard error.
  package var text: String {
    var lines = ["error: \(message)"]
    if let advice { lines.append("  \(advice)") }
    lines.append("  see: execplan help" + (command.map { " \($0)" } ?? ""))
    return lines.joined(separator: "\n") + "\n"
  }

  /// The user's text in double quotes, with characters that could drive a terminal spelt out.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
