/// One word of a shell command, as far as it is known before expansion.
struct ShellWord {
  /// What is written out, quotes removed; expansions and expressions are left out.
  var text: [UInt8] = []
  /// What is written before the first expansion or expression.
  var prefixCount: Int?
  /// Where in `text` the part behind the last expansion or expression begins.
  var tailStart = 0
  /// A part of it was quoted, so it is no reserved word.
  var isQuoted = false
  /// An unquoted `*`, `?`, `[` or `{`: the shell may make other words of it.
  var hasPattern = false
  /// `NAME` of `NAME=…`.
  var assignedName: String?
  var placeholders: [Int] = []

  /// Nothing in it is known only at run time.
  var isStatic: Bool { prefixCount == nil }

  /// Written out and unquoted.
  var isPlain: Bool { isStatic && !isQuoted }

  var name: String { String(decoding: text, as: UTF8.self) }

  var isIdentifier: Bool {
    guard let first = text.first, !ASCII.isDigit(first) else { return false }
    return text.allSatisfy(ASCII.isWord)
  }

  /// The last component of the path; nil when it is known only at run time.
  var baseName: String? {
    if hasPattern && !(isStatic && text == [UInt8(ascii: "[")]) { return nil }
    if let slash = text.lastIndex(of: UInt8(ascii: "/")), slash >= tailStart {
      return String(decoding: text[(slash + 1)...], as: UTF8.self)
    }
    return isStatic ? name : nil
  }

  /// Written out, without a leading `-` or `+`, and one word for certain.
  var isOperand: Bool {
    guard isStatic, !hasPattern, let first = text.first else { return false }
    return first != UInt8(ascii: "-") && first != UInt8(ascii: "+")
  }

  mutating func appendDynamic() {
    if prefixCount == nil { prefixCount = text.count }
    tailStart = text.count
  }
}

/// A simple command: assignments, then words.
struct ShellCommand {
  var assignments: [ShellWord] = []
  var words: [ShellWord] = []

  /// `declare` and its kin, whose arguments are assignments.
  var isDeclaration: Bool {
    guard let first = words.first, first.isStatic else { return false }
    return ShellCommandNames.declarations.contains(first.name)
  }
}
