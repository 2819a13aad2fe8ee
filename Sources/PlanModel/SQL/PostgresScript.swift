/// SQL for PostgreSQL, cut into its statements.
package struct PostgresScript: Sendable {
  package struct Statement: Sendable {
    /// Without blanks and comments before it, and without its semicolon.
    package var range: Range<Int>
    /// Of its first token, counted from 1.
    package var line: Int
    /// Comments left out.
    package var tokens: [PostgresTokens.Token]
    /// The words before the first parenthesis or text, upper case; at most six.
    package var words: [String] = []
  }

  package let bytes: [UInt8]
  package private(set) var statements: [Statement] = []
  /// Where a backslash stands outside of quotes and comments: psql would take what follows for a command.
  package private(set) var backslash: Int?

  package init(_ text: String) {
    bytes = Array(text.utf8)
    var cutter = Cutter()
    var tokens: [PostgresTokens.Token] = []
    var line = 1
    var counted = 0
    func lineOf(_ offset: Int) -> Int {
      while counted < offset {
        if bytes[counted] == 0x0A { line += 1 }
        counted += 1
      }
      return line
    }
    func end() {
      guard let first = tokens.first, let last = tokens.last else { return }
      var statement = Statement(
        range: first.range.lowerBound..<last.range.upperBound, line: lineOf(first.range.lowerBound), tokens: tokens)
      for token in tokens.prefix(6) {
        guard token.kind == .word else { break }
        statement.words.append(word(token))
      }
      statements.append(statement)
      tokens = []
      cutter = Cutter()
    }
    for token in PostgresTokens(bytes) {
      switch token.kind {
      case .comment: continue
      case .semicolon where cutter.isOutside:
        end()
        continue
      case .backslash: backslash = backslash ?? token.range.lowerBound
      case .open: cutter.depth += 1
      case .close: cutter.depth = max(0, cutter.depth - 1)
      case .word: cutter.read(word(token))
      case .text, .name, .named, .numbered, .semicolon, .openBracket, .closeBracket, .other: break
      }
      tokens.append(token)
    }
    end()
  }

  /// The line of a place in the text, counted from 1.
  package func line(at offset: Int) -> Int { bytes[..<offset].count { $0 == 0x0A } + 1 }

  package func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A word, upper case.
  package func word(_ token: PostgresTokens.Token) -> String { text(token.range).uppercased() }

  /// Says which semicolons end a statement, as psql does (psqlscan.l): none within parentheses, and none within the body
  /// of a function that is written in SQL between BEGIN ATOMIC and END.
  private struct Cutter {
    var depth = 0
    private var first: [String] = []
    private var begun = 0

    var isOutside: Bool { depth == 0 && begun == 0 }

    private var makesFunction: Bool {
      guard first.first == "CREATE" else { return false }
      let rest = first.dropFirst().starts(with: ["OR", "REPLACE"]) ? first.dropFirst(3) : first.dropFirst()
      return rest.first == "FUNCTION" || rest.first == "PROCEDURE"
    }

    mutating func read(_ word: String) {
      if first.count < 4 { first.append(word) }
      guard depth == 0, makesFunction else { return }
      switch word {
      case "BEGIN": begun += 1
      case "CASE": if begun > 0 { begun += 1 }
      case "END": if begun > 0 { begun -= 1 }
      default: break
      }
    }
  }
}

extension PostgresScript.Statement {
  private static let control: Set<String> = [
    "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE",
  ]

  /// The word with which the statement begins, ends or parts a transaction; nil if it does not.
  package var transactionWord: String? {
    guard let first = words.first, Self.control.contains(first) else { return nil }
    // PREPARE name AS is a statement like any other.
    if first == "PREPARE" { return words.dropFirst().first == "TRANSACTION" ? first : nil }
    return first
  }

  /// What of the statement PostgreSQL refuses in a transaction; nil if it may stand in one.
  package var outsideWord: String? {
    if words.contains("CONCURRENTLY") { return "CONCURRENTLY" }
    switch words.first {
    case "VACUUM": return "VACUUM"
    case "ALTER" where words.dropFirst().first == "SYSTEM": return "ALTER SYSTEM"
    case "CREATE", "DROP":
      guard let kind = words.dropFirst().first, ["DATABASE", "TABLESPACE", "SUBSCRIPTION"].contains(kind) else {
        return nil
      }
      return "\(words[0]) \(kind)"
    case "REINDEX":
      guard let kind = words.dropFirst().first, ["DATABASE", "SYSTEM", "SCHEMA"].contains(kind) else { return nil }
      return "REINDEX \(kind)"
    default: return nil
    }
  }
}

extension PostgresScript.Statement {
  /// Whether it is `COPY … FROM STDIN`, whose data would stand in the script.
  package func readsInput(of script: PostgresScript) -> Bool {
    guard words.first == "COPY" else { return false }
    return zip(tokens, tokens.dropFirst()).contains { first, second in
      first.kind == .word && second.kind == .word && script.word(first) == "FROM" && script.word(second) == "STDIN"
    }
  }
}
