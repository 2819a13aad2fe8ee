internal import PlanModel
internal import Subprocess

/// What `psql` said: how far its script came, what the server told, and what went wrong.
struct PostgresReport {
  /// Something that the server or `psql` said.
  struct Message {
    /// The line of the script at which it was said, counted from 1.
    var line: Int?
    /// `ERROR`, `NOTICE`, … in the language of the server.
    var severity = ""
    /// The SQLSTATE.
    var code: String?
    var text: String
    /// The line within the statement at which the fault is, counted from 1.
    var position: Int?
    var detail: String?
    var hint: String?

    /// What a person reads of a failure, in one line.
    var summary: String {
      var text = self.text
      if let detail { text += ": \(detail.hasSuffix(".") ? String(detail.dropLast()) : detail)" }
      if let code { text += " (\(code))" }
      if let hint { text += "; hint: \(hint.hasSuffix(".") ? String(hint.dropLast()) : hint)" }
      return text
    }
  }

  /// In the order in which the script came to them, each with what stands behind it.
  private(set) var marks: [(mark: PostgresMark, more: String)] = []
  private(set) var messages: [Message] = []
  var completion: Completion

  init(_ completion: Completion, nonce: String) {
    self.completion = completion
    let text = String(decoding: completion.errorOutput, as: UTF8.self)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(nonce) {
        let words = line.dropFirst(nonce.utf8.count + 1).split(separator: " ", maxSplits: 1)
        if let mark = words.first.flatMap({ PostgresMark(rawValue: String($0)) }) {
          marks.append((mark, words.count > 1 ? String(words[1]) : ""))
        }
      } else {
        read(line)
      }
    }
  }

  func has(_ mark: PostgresMark) -> Bool { marks.contains { $0.mark == mark } }

  /// What stands behind a mark.
  func more(_ mark: PostgresMark) -> String? { marks.first { $0.mark == mark }?.more }

  /// The exit code of psql: 3 when a statement failed, 2 when the connection failed
  /// (postgresql.org/docs/current/app-psql.html, "Exit Status").
  var exitCode: Int? {
    if case .exited(let code) = completion.status { code } else { nil }
  }

  var isConnectionLost: Bool { exitCode == 2 }

  /// Why the script did not come to its end: the message with which it ended.
  var failure: Message {
    let coded = messages.last { $0.code != nil && $0.line != nil }
    if let coded, !isConnectionLost || coded.code?.hasPrefix("57P") == true { return coded }
    // What is said first is why; what follows describes it in general.
    if let first = messages.first(where: { $0.code == nil && !$0.text.isEmpty }) { return first }
    return coded ?? Message(text: "psql \(completion.status.words) without a word")
  }

  /// What is worth keeping in the log of the attempt.
  var log: String {
    messages.map { message in
      var text = message.severity.isEmpty ? message.text : "\(message.severity): \(message.text)"
      if let code = message.code, code != "00000" { text += " (\(code))" }
      if let detail = message.detail { text += "\nDETAIL: \(detail)" }
      if let hint = message.hint { text += "\nHINT: \(hint)" }
      return text + "\n"
    }.joined()
  }

  /// The first message of an error; the codes of success, of warnings and of no data belong to none.
  var error: Message? {
    messages.first { message in message.code.map { !["00", "01", "02"].contains($0.prefix(2)) } ?? false }
  }

  // MARK: Reading

  private mutating func read(_ line: Substring) {
    if let message = PostgresReport.message(in: line) {
      messages.append(message)
      return
    }
    guard !messages.isEmpty else {
      if !line.isEmpty { messages.append(Message(text: String(line))) }
      return
    }
    let last = messages.count - 1
    if line.hasPrefix("DETAIL:  ") {
      messages[last].detail = String(line.dropFirst("DETAIL:  ".utf8.count))
    } else if line.hasPrefix("HINT:  ") {
      messages[last].hint = String(line.dropFirst("HINT:  ".utf8.count))
    } else if line.hasPrefix("LINE ") {
      messages[last].position = Int(line.dropFirst(5).prefix { $0 != ":" })
      isPointing = true
    } else if PostgresReport.known.contains(where: { line.hasPrefix($0) }) {
      isPointing = true
    } else if isPointing || line.isEmpty {
      isPointing = line.hasPrefix(" ") && isPointing
    } else if messages[last].detail == nil, messages[last].hint == nil {
      messages[last].text += " " + line.drop { $0 == "\t" || $0 == " " }
    }
  }

  /// The line before belongs to what is not kept: a piece of the statement, or where in PostgreSQL it was said.
  private var isPointing = false

  private static let known = [
    "LOCATION:  ", "CONTEXT:  ", "QUERY:  ", "STATEMENT:  ", "SCHEMA NAME:  ", "TABLE NAME:  ", "COLUMN NAME:  ",
    "DATATYPE NAME:  ", "CONSTRAINT NAME:  ",
  ]

  /// `psql:<stdin>:8: ERROR:  42P01: relation "x" does not exist`, `psql: error: connection to server … failed: …`.
  private static func message(in line: Substring) -> Message? {
    guard line.hasPrefix("psql:") else { return nil }
    var rest = line.dropFirst("psql:".utf8.count)
    var number: Int?
    if rest.hasPrefix("<stdin>:") {
      rest = rest.dropFirst("<stdin>:".utf8.count)
      number = Int(rest.prefix { $0 != ":" })
      rest = rest.drop { $0 != ":" }.dropFirst()
    }
    rest = rest.drop { $0 == " " }
    guard let colon = rest.firstRange(of: ":  ") else {
      for prefix in ["error: ", "fatal: ", "warning: "] where rest.hasPrefix(prefix) {
        rest = rest.dropFirst(prefix.utf8.count)
      }
      return Message(line: number, text: String(rest))
    }
    var message = Message(line: number, severity: String(rest[..<colon.lowerBound]), text: "")
    rest = rest[colon.upperBound...]
    let code = rest.prefix(5)
    if code.utf8.count == 5, rest.dropFirst(5).hasPrefix(": "), code.utf8.allSatisfy(isCode) {
      message.code = String(code)
      rest = rest.dropFirst(7)
    } else if message.severity.contains(" ") {
      // A message of libpq with that of the server in it.
      message.text = message.severity.replacing("error: ", with: "") + ": "
      message.severity = ""
    }
    message.text += rest
    return message
  }

  private static func isCode(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) }
}

extension ExitStatus {
  /// `ended with exit code 2`.
  fileprivate var words: String {
    switch self {
    case .exited(let code): "ended with exit code \(code)"
    case .signalled(let signal): "ended by signal \(signal)"
    }
  }
}
