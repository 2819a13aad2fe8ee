/// The simple commands of a shell text and their words, as far as is needed to tell what it runs.
///
/// No shell is imitated: quotes are taken away, separators outside of them part two commands, and what stands in
/// `$(…)` is a command of its own.
struct ShellWords {
  struct Word: Equatable {
    /// Without its quotes.
    var text: String
    /// Whether some of it stood in quotes.
    var isQuoted = false
  }

  private(set) var commands: [[Word]] = []
  private let bytes: [UInt8]
  private var index = 0
  private var command: [Word] = []
  private var word: [UInt8] = []
  private var isQuoted = false
  private var hasWord = false
  private var nested: [String] = []

  /// How deep `$(…)` is followed: a hostile line nests thousands.
  private static let depth = 3

  /// The commands of a text, those inside `$(…)` behind the others; none without a word.
  static func commands(_ text: String) -> [[Word]] {
    var result: [[Word]] = []
    var texts = [text]
    for _ in 0..<depth where !texts.isEmpty {
      var next: [String] = []
      for text in texts {
        var reader = ShellWords(text)
        reader.read()
        result += reader.commands
        next += reader.nested
      }
      texts = next
    }
    return result
  }

  private init(_ text: String) {
    bytes = Array(text.utf8)
  }

  private mutating func read() {
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "'"): quoted(by: byte)
      case UInt8(ascii: "\""): doubleQuoted()
      case UInt8(ascii: "\\"):
        if index + 1 < bytes.count { append(bytes[index + 1]) }
        index += 2
      case UInt8(ascii: "$") where follows(UInt8(ascii: "(")): substitution()
      case UInt8(ascii: "#") where !hasWord: index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
      case 0x20, 0x09:
        endWord()
        index += 1
      case UInt8(ascii: "&") where isRedirection: append(byte, andAdvance: true)
      case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"), 0x0A:
        endCommand()
        index += 1
      default: append(byte, andAdvance: true)
      }
    }
    endCommand()
  }

  /// `2>&1`, `&>log`
  private var isRedirection: Bool {
    follows(UInt8(ascii: ">")) || (index > 0 && bytes[index - 1] == UInt8(ascii: ">"))
  }

  private func follows(_ byte: UInt8) -> Bool { index + 1 < bytes.count && bytes[index + 1] == byte }

  private mutating func append(_ byte: UInt8, andAdvance: Bool = false) {
    word.append(byte)
    hasWord = true
    if andAdvance { index += 1 }
  }

  private mutating func quoted(by quote: UInt8) {
    hasWord = true
    isQuoted = true
    index += 1
    while index < bytes.count, bytes[index] != quote { append(bytes[index], andAdvance: true) }
    index += 1
  }

  private mutating func doubleQuoted() {
    hasWord = true
    isQuoted = true
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
        append(bytes[index + 1])
        index += 2
      } else if bytes[index] == UInt8(ascii: "$"), follows(UInt8(ascii: "(")) {
        substitution()
      } else {
        append(bytes[index], andAdvance: true)
      }
    }
    index += 1
  }

  /// `$(…)`, which stays a part of its word.
  private mutating func substitution() {
    var open = 0
    let start = index + 2
    repeat {
      if bytes[index] == UInt8(ascii: "(") { open += 1 }
      if bytes[index] == UInt8(ascii: ")") { open -= 1 }
      append(bytes[index], andAdvance: true)
    } while index < bytes.count && (open > 0 || index < start)
    let end = open == 0 ? index - 1 : index
    if start < end { nested.append(String(decoding: bytes[start..<end], as: UTF8.self)) }
  }

  private mutating func endWord() {
    if hasWord { command.append(Word(text: String(decoding: word, as: UTF8.self), isQuoted: isQuoted)) }
    word = []
    hasWord = false
    isQuoted = false
  }

  private mutating func endCommand() {
    endWord()
    if !command.isEmpty { commands.append(command) }
    command = []
  }
}

extension ShellWords.Word {
  /// `NAME=value`
  var isAssignment: Bool {
    guard let sign = text.firstIndex(of: "="), let first = text.first, first.isLetter || first == "_" else {
      return false
    }
    return text[..<sign].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// `-x`, `--long`, `--key=value`
  var isFlag: Bool {
    guard !isQuoted, text.hasPrefix("-") else { return false }
    return text.drop { $0 == "-" }.first?.isLetter ?? false
  }
}
