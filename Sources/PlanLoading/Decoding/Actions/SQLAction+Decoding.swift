internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum SQLKey: String, FieldKey {
  case database, script, statements, file, query, bind
  case exactlyOnce = "exactly_once"
  case rows

  static let table = KeyTable<SQLKey>()
  static let bodies: [SQLKey] = [.script, .statements, .file, .query]
}

private enum Rows: String, CaseIterable {
  case one, all
}

extension DecodingContext {
  mutating func sqlAction(_ node: YAMLNode, defaults: StepDefaults) -> SQLAction? {
    guard mapping(node, "\"sql\"") else { return nil }
    let fields = Fields<SQLKey>(node, &self, what: "an sql action")
    var place = defaultDatabase
    if let value = fields[.database] {
      place = database(value)
    } else if place == nil {
      reportMissing(SQLKey.database, fields, what: "an sql action", notes: ["or set it for all under \"defaults\""])
    }
    let present = SQLKey.bodies.filter { fields[$0] != nil }
    guard let key = present.first, let value = fields[key] else {
      if !fields.misspells(SQLKey.bodies) {
        report(.missingKey, node.range, "an sql action needs one of: script, statements, file, query")
      }
      return nil
    }
    if present.count > 1, let second = fields.keyRange(present[1]) {
      report(
        .conflictingKeys, second, "\"\(present[1].rawValue)\" and \"\(key.rawValue)\" can't both be",
        notes: ["remove one of the two"])
    }
    let dialect = place?.dialect ?? .sqlite
    let body: SQLAction.Body? =
      switch key {
      case .script: sql(value, "\"script\"", for: dialect).map { .script($0) }
      case .statements: statements(value, dialect).map { .statements($0) }
      case .file: path(value, "\"file\"").map { .file($0) }
      default: sql(value, "\"query\"", for: dialect).map { .query($0) }
      }
    let bind = fields[.bind].map { bindings($0) } ?? []
    let exactlyOnce = fields[.exactlyOnce].flatMap { bool($0, "\"exactly_once\"") } ?? false
    let rows = fields[.rows].flatMap { choice($0, "\"rows\"", Rows.self) }
    if key != .query, let range = fields.keyRange(.rows) {
      report(.conflictingKeys, range, "\"rows\" goes with \"query\" only", notes: ["remove it"])
    }
    guard let place, let body else { return nil }
    var action = SQLAction(database: place, body: body)
    action.bind = bind
    action.exactlyOnce = exactlyOnce
    action.allRows = rows == .all
    return action
  }

  private mutating func statements(_ node: YAMLNode, _ dialect: SQLDialect) -> [SQLText]? {
    let items = scalarList(node, "\"statements\"")
    if items.isEmpty, node.kind != .mapping {
      report(.badValue, node.range, "\"statements\" holds no statement", notes: ["write what the step is to do"])
    }
    let statements = items.compactMap { sql($0, "a statement", for: dialect) }
    return statements.isEmpty ? nil : statements
  }

  private mutating func bindings(_ node: YAMLNode) -> [SQLAction.Binding] {
    guard mapping(node, "\"bind\"") else { return [] }
    return node.entries.compactMap { key, value in
      guard key.withUTF8({ DecodingContext.isIdentifier($0) }), !key.utf8.contains(where: { $0 == 0x2E || $0 == 0x2D })
      else {
        report(
          .badIdentifier, key.range, "an SQL parameter can't be called \"\(key.text)\"",
          notes: ["use letters, digits and _"])
        return nil
      }
      return template(value, "\"\(key.text)\"", allowsEmpty: true).map {
        SQLAction.Binding(name: Located(key.text, key.range), value: $0)
      }
    }
  }
}
