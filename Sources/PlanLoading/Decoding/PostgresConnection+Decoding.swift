internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

extension DecodingContext {
  /// What stands behind `postgres:`: a URL, `key=value` words, the name of a database, nothing, or one expression.
  mutating func postgres(_ node: YAMLNode, after scheme: String) -> PostgresConnection? {
    guard let template = connectionTemplate(node, "database") else { return nil }
    var rest = template.segments
    if case .literal(let text)? = rest.first {
      let left = String(text.dropFirst(scheme.utf8.count))
      if left.isEmpty { rest.removeFirst() } else { rest[0] = .literal(left) }
    }
    if rest.count == 1, case .expression = rest[0] {
      return PostgresConnection(text: Template(rest, node.range))
    }
    // An expression is a value of its own, so it is one character until the text is taken apart.
    var text = ""
    var values: [Expression] = []
    for segment in rest {
      switch segment {
      case .literal(let literal):
        guard !literal.unicodeScalars.contains(where: { HeldExpression.number(of: $0) != nil }) else {
          report(.badValue, node.range, "the connection text holds a character of a private use area")
          return nil
        }
        text += literal
      case .expression(let expression):
        text.unicodeScalars.append(HeldExpression.scalar(values.count))
        values.append(expression)
      }
    }
    do throws(PostgresText.Problem) {
      var connection = PostgresConnection()
      for part in try PostgresText.parse(text) {
        let value = HeldExpression.template(part.value, values, node.range)
        guard accepts(part.keyword, value, node.range) else { return nil }
        connection.settings.removeAll { $0.keyword == part.keyword }
        connection.settings.append(.init(part.keyword, value))
      }
      return isConsistent(connection, node.range) ? connection : nil
    } catch {
      report(.badValue, node.range, error.message, notes: error.note.map { [$0] } ?? [])
      return nil
    }
  }

  /// `postgres: {host: …, user: …, password: "${{ secrets.PG }}"}`.
  mutating func postgresSettings(_ node: YAMLNode) -> PostgresConnection? {
    guard mapping(node, "\"postgres\"") else { return nil }
    var connection = PostgresConnection()
    var isGood = true
    for (key, value) in node.entries {
      let name = key.text == "database" ? "dbname" : key.text
      guard let keyword = PostgresKeyword(rawValue: name) else {
        isGood = false
        if PostgresKeyword.withoutVariable.contains(name) || name == "client_encoding" {
          do throws(PostgresText.Problem) {
            _ = try PostgresText.keyword(name)
          } catch {
            report(.badValue, key.range, error.message, notes: error.note.map { [$0] } ?? [])
          }
        } else {
          reportUnknownKey(key, allowed: PostgresKeyword.allCases.map(\.rawValue), what: "\"postgres\"")
        }
        continue
      }
      guard let template = connectionTemplate(value, name), accepts(keyword, template, value.range) else {
        isGood = false
        continue
      }
      connection.settings.append(.init(keyword, template))
    }
    return isGood && isConsistent(connection, node.range) ? connection : nil
  }

  /// A text that may read parameters, the plan's environment and secrets.
  private mutating func connectionTemplate(_ node: YAMLNode, _ name: String) -> Template? {
    guard node.kind == .scalar else {
      reportType(node, expected: "a text", what: "\"\(name)\"")
      return nil
    }
    guard var template = TemplateParser.parse(origin(node), into: &collector)?.template else { return nil }
    template.range = node.range
    template = bound(template)
    checker.checkText(
      template, in: FieldContext(name, binding == nil ? .secrets : [.secrets, .item]), into: &collector)
    return rebased(template)
  }

  private mutating func accepts(_ keyword: PostgresKeyword, _ value: Template, _ range: SourceRange) -> Bool {
    guard let text = value.literal else { return true }
    func refuse(_ message: String, _ note: String) -> Bool {
      report(.badValue, range, message, notes: [note])
      return false
    }
    switch keyword {
    case .password:
      return refuse(
        "the password stands in the plan",
        "declare it, as in \"secrets: {PGPASSWORD: {env: PGPASSWORD}}\", and write \"${{ secrets.PGPASSWORD }}\"")
    case .port:
      let isGood = text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { part in
        part.isEmpty || Int(part).map { (1...65535).contains($0) } ?? false
      }
      return isGood || refuse("\"\(text.prefix(40))\" is no port", "a port is a number from 1 to 65535; usually 5432")
    case .connectTimeout:
      return Int(text).map { $0 >= 0 } ?? false
        || refuse("\"\(text.prefix(40))\" is no time to connect", "write whole seconds, as in connect_timeout: 10")
    case .sslmode:
      let modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]
      return modes.contains(text)
        || refuse("\"\(text.prefix(40))\" is no \"sslmode\"", "write one of: \(modes.joined(separator: ", "))")
    default: return true
    }
  }

  /// The file of a service wins over what `psql` gets from its environment.
  private mutating func isConsistent(_ connection: PostgresConnection, _ range: SourceRange) -> Bool {
    let keywords = Set(connection.settings.map(\.keyword))
    guard keywords.contains(.service) else { return true }
    let others = keywords.subtracting([.service, .servicefile, .password, .passfile, .applicationName])
    guard let other = others.map(\.rawValue).min() else { return true }
    report(
      .conflictingKeys, range, "\"service\" and \"\(other)\" can't both be: the service file would win",
      notes: ["write \"\(other)\" into the service file, or leave \"service\" out"])
    return false
  }
}

/// Stands for an expression in a connection text while that is taken apart.
private enum HeldExpression {
  private static let first: UInt32 = 0xF0000

  static func scalar(_ number: Int) -> Unicode.Scalar {
    // A text holds at most a thousand expressions, and the area has 65,534 characters.
    Unicode.Scalar(first + UInt32(truncatingIfNeeded: number)) ?? "?"
  }

  static func number(of scalar: Unicode.Scalar) -> Int? {
    (first..<first + 0xFFFE).contains(scalar.value) ? Int(scalar.value - first) : nil
  }

  static func template(_ text: String, _ values: [Expression], _ range: SourceRange) -> Template {
    var segments: [Template.Segment] = []
    var literal = ""
    for scalar in text.unicodeScalars {
      guard let number = number(of: scalar), number < values.count else {
        literal.unicodeScalars.append(scalar)
        continue
      }
      if !literal.isEmpty { segments.append(.literal(literal)) }
      literal = ""
      segments.append(.expression(values[number]))
    }
    if !literal.isEmpty { segments.append(.literal(literal)) }
    return Template(segments, range)
  }
}
