/// What a shell shows before a command, copied into a plan with it.
struct ShellPrompt: Equatable {
  enum Kind {
    /// `$ `
    case shell
    /// `PS C:\work> `
    case powerShell
  }

  let kind: Kind
  /// In UTF-8, with the blanks behind it.
  let length: Int

  /// Nil if a line, without blanks before it, begins with no prompt.
  init?(_ line: String) {
    let end: String.Index
    if line.hasPrefix("$ ") {
      kind = .shell
      end = line.index(after: line.startIndex)
    } else if line.hasPrefix("PS "), let sign = line.firstIndex(of: ">"), line[sign...].hasPrefix("> ") {
      kind = .powerShell
      end = line.index(after: sign)
    } else {
      return nil
    }
    let blanks = line[end...].prefix { $0 == " " }
    length = line[..<blanks.endIndex].utf8.count
  }
}
