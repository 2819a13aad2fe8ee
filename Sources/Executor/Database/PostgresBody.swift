internal import PlanModel
internal import Planner
internal import SourceText

/// The SQL of an action, cut into statements whose values are known.
struct PostgresBody {
  /// A text with what stands for its parameters.
  struct Part {
    let script: PostgresScript
    /// For `$1`, `$2`, ….
    let values: [Value]
    /// What it is called in messages.
    let name: String

    init(_ text: String, values: [Value], name: String) {
      script = PostgresScript(text)
      self.values = values
      self.name = name
    }

    /// A statement with its values in it.
    func statement(_ index: Int, named: [String: Value]) throws -> String {
      let statement = script.statements[index]
      var text: [UInt8] = []
      var copied = statement.range.lowerBound
      var brackets = 0
      func put(_ value: Value, for range: Range<Int>) throws(EvaluationError) {
        text.append(contentsOf: script.bytes[copied..<range.lowerBound])
        text.append(contentsOf: try PostgresLiteral.of(value).utf8)
        copied = range.upperBound
      }
      for token in statement.tokens {
        switch token.kind {
        case .numbered:
          guard let number = Int(script.text(token.range).dropFirst()), (1...max(1, values.count)).contains(number),
            !values.isEmpty
          else { continue }
          try put(values[number - 1], for: token.range)
        case .named:
          let name = String(script.text(token.range).dropFirst())
          if let value = named[name] {
            try put(value, for: token.range)
          } else if brackets == 0 {
            // Between brackets it may be the upper bound of a slice.
            throw DatabaseProblem(
              message: "\":\(name)\" has no value, in \(place(ofLine: script.line(at: token.range.lowerBound))); "
                + "add it to \"bind\"")
          }
        case .openBracket: brackets += 1
        case .closeBracket: brackets -= 1
        case .word, .text, .name, .comment, .backslash, .semicolon, .open, .close, .other: break
        }
      }
      text.append(contentsOf: script.bytes[copied..<statement.range.upperBound])
      return String(decoding: text, as: UTF8.self)
    }

    /// A failure of a statement, with the line of the text at which it happened.
    func describe(_ message: PostgresReport.Message, statement index: Int) -> String {
      let line = script.statements[index].line + (message.position ?? 1) - 1
      return "\(message.summary), in \(place(ofLine: line))"
    }

    /// `line 3 of the script: "select …"`.
    func place(ofLine line: Int) -> String {
      let lines = script.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      let text = lines.indices.contains(line - 1) ? String(decoding: lines[line - 1], as: UTF8.self) : ""
      let shown = text.drop { $0 == " " || $0 == "\t" }
      let cut = shown.count > 80 ? shown.prefix(79) + "…" : shown
      return "line \(line) of \(name): \"\(cut)\""
    }
  }

  /// A statement of a part.
  struct Reference {
    var part: Int
    var statement: Int
  }

  let parts: [Part]
  let named: [String: Value]
  /// All statements in order.
  let statements: [Reference]

  /// - Throws: when a value or the file is missing, or the text holds what is never sent.
  init(_ action: SQLAction, _ context: StepContext) throws {
    func values(_ text: SQLText) throws -> [Value] { try text.bindings.map { try $0.evaluate(in: context.scope) } }
    switch action.body {
    case .script(let text): parts = [Part(text.text, values: try values(text), name: "the script")]
    case .query(let text): parts = [Part(text.text, values: try values(text), name: "the query")]
    case .statements(let list):
      parts = try list.enumerated().map { index, text in
        Part(text.text, values: try values(text), name: "statement \(index + 1)")
      }
    case .file(let path):
      guard let bytes = try context.site.files.content(path.text, limit: DesiredFile.sizeLimit) else {
        throw DatabaseProblem(message: "the file \"\(path.text)\" is not there")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw DatabaseProblem(message: "the file \"\(path.text)\" is not UTF-8 text")
      }
      parts = [Part(text, values: [], name: "\"\(path.text)\"")]
    }
    var named: [String: Value] = [:]
    for binding in action.bind { named[binding.name.value] = try binding.value.render(in: context.scope) }
    self.named = named
    var statements: [Reference] = []
    for (index, part) in parts.enumerated() {
      statements += part.script.statements.indices.map { Reference(part: index, statement: $0) }
    }
    self.statements = statements
    for part in parts { try PostgresBody.refuse(part) }
  }

  private static func refuse(_ part: Part) throws(DatabaseProblem) {
    if let statement = part.script.statements.first(where: { $0.readsInput(of: part.script) }) {
      throw DatabaseProblem(
        message: "COPY … FROM STDIN has no data here, in \(part.place(ofLine: statement.line)); "
          + "write rows with INSERT, or call psql in a \"run\" step")
    }
    if let offset = part.script.backslash {
      throw DatabaseProblem(
        message: "a backslash begins a command of psql, which is never run, in "
          + part.place(ofLine: part.script.line(at: offset)))
    }
  }

  func text(of reference: Reference) throws -> String {
    try parts[reference.part].statement(reference.statement, named: named)
  }

  func describe(_ message: PostgresReport.Message, _ reference: Reference) -> String {
    parts[reference.part].describe(message, statement: reference.statement)
  }

  /// The first statement that begins or ends a transaction, or that may not stand in one, with the words for it.
  var leavesTransaction: (word: String, place: String, controls: Bool)? {
    for part in parts {
      for statement in part.script.statements {
        if let word = statement.transactionWord { return (word, part.place(ofLine: statement.line), true) }
        if let word = statement.outsideWord { return (word, part.place(ofLine: statement.line), false) }
      }
    }
    return nil
  }
}
