/// Whether and how text is coloured.
package struct Style: Hashable, Sendable {
  /// What a piece of text means; the colour follows from it.
  package enum Role: Hashable, Sendable, CaseIterable {
    case error, warning, info, success, skipped, running, heading

    /// The parameters of the SGR sequence (ECMA-48, 8.3.117).
    fileprivate var code: String {
      switch self {
      case .error: "31"
      case .warning: "33"
      case .info: "34"
      case .success: "32"
      case .skipped: "2"
      case .running: "36"
      case .heading: "1"
      }
    }
  }

  package var isColored: Bool

  package init(isColored: Bool) {
    self.isColored = isColored
  }

  /// Decides from what the invocation says and from what the stream is.
  ///
  /// `--color always` and `never` win; else colour needs a terminal that is not `dumb`, and no
  /// `NO_COLOR` with a value in it (no-color.org).
  package init(choice: ColorChoice, isTerminal: Bool, noColor: String?, term: String?) {
    switch choice {
    case .always: isColored = true
    case .never: isColored = false
    case .auto: isColored = isTerminal && (noColor ?? "").isEmpty && term != "dumb"
    }
  }

  package static let plain = Style(isColored: false)
  package static let colored = Style(isColored: true)

  /// The text in the colour of its role; as it is without colour or role.
  package func paint(_ text: String, _ role: Role?) -> String {
    guard isColored, let role, !text.isEmpty else { return text }
    return "\u{1B}[\(role.code)m\(text)\u{1B}[0m"
  }
}
