package import SourceText

/// The program that a script is given to, with the arguments that stand before the script.
package struct Interpreter: Hashable, Sendable {
  package var words: [String]
  package var range: SourceRange

  package init(_ words: [String], _ range: SourceRange = .fileStart) {
    self.words = words
    self.range = range
  }

  /// SPEC's default: stop at the first error, and see errors in pipes.
  package static let `default` = Interpreter(["bash", "-eo", "pipefail", "-c"])

  package var isDefault: Bool { words == Interpreter.default.words }

  /// The program's name without its folder.
  package var baseName: String {
    guard let first = words.first else { return "" }
    return first.split(separator: "/").last.map(String.init) ?? first
  }

  /// Whether it is a shell whose quoting the loader knows.
  package var isShell: Bool { ["sh", "bash", "dash", "ksh", "zsh"].contains(baseName) }
}
