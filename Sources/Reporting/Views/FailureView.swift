/// What a command says in machine formats when it could not do what it was asked.
package struct FailureView: Sendable {
  package var exitCode: Int
  package var message: String
  /// Whole commands that go on from here, best first.
  package var nextCommands: [String]
  /// The findings, when the plan is the reason.
  package var diagnostics: DiagnosticsReport?

  package init(
    exitCode: Int, message: String, nextCommands: [String] = [], diagnostics: DiagnosticsReport? = nil
  ) {
    self.exitCode = exitCode
    self.message = message
    self.nextCommands = nextCommands
    self.diagnostics = diagnostics
  }

  /// `{format_version, error: {exit_code, message, next_commands}, …}`.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("error") { json in
        json.member("exit_code", exitCode)
        json.member("message", message)
        json.member("next_commands", nextCommands)
      }
      diagnostics?.write(to: &json)
    }
    json.newline()
    return json.bytes
  }

  /// The message and the commands, for standard error.
  package func text(_ style: Style) -> String {
    var out = "\(style.paint("error:", .error)) \(PrintableText.line(message))\n"
    for command in nextCommands { out += "  \(PrintableText.line(command))\n" }
    return out
  }
}
