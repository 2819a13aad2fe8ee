internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum CheckKey: String, FieldKey {
  case exists, file, run, sql, http
  case tableData = "table"
  case title, severity

  static let table = KeyTable<CheckKey>()
  static let kinds: [CheckKey] = [.exists, .file, .run, .sql, .tableData, .http]
}

enum ExistsKey: String, FieldKey {
  case glob, count, size, age
  case minCount = "min_count"
  case minSize = "min_size"
  case maxAge = "max_age"

  static let table = KeyTable<ExistsKey>()
}

enum FileCheckKey: String, FieldKey {
  case path, contains, matches, eq, ne, sha256

  static let table = KeyTable<FileCheckKey>()
}

enum RunCheckKey: String, FieldKey {
  case script, expect

  static let table = KeyTable<RunCheckKey>()
}

enum SQLCheckKey: String, FieldKey {
  case database, query, expect

  static let table = KeyTable<SQLCheckKey>()
}

enum SQLExpectKey: String, FieldKey {
  case value, duration

  static let table = KeyTable<SQLExpectKey>()
}

extension DecodingContext {
  /// The one type of checks for `check`, `verify`, `gate`: a list, or one check.
  mutating func checks(_ node: YAMLNode, _ what: String, shell: Interpreter) -> [Check] {
    let items = node.kind == .sequence ? node.items.map { $0 } : [node]
    let checks = items.compactMap { check($0, shell: shell) }
    if items.isEmpty { report(.badValue, node.range, "\(what) holds no check", notes: ["remove the key, or add one"]) }
    if what == "\"verify\"" { refuseComparisonsWithLastRun(checks, what) }
    return checks
  }

  mutating func check(_ node: YAMLNode, shell: Interpreter) -> Check? {
    if node.kind == .scalar {
      return script(node, "a check", shell: shell).map { Check(.run(.init(script: $0)), node.range) }
    }
    guard mapping(node, "a check", or: "a text") else { return nil }
    let fields = Fields<CheckKey>(node, &self, what: "a check")
    let present = CheckKey.kinds.filter { fields[$0] != nil }
    guard let key = present.first, let value = fields[key] else {
      if !fields.misspells(CheckKey.kinds),
        node.entries.allSatisfy({ LaterKeys.explanation(of: $0.key.text, in: "a check") == nil })
      {
        report(
          .noAction, node.range, "a check needs one of: \(CheckKey.kinds.map(\.rawValue).joined(separator: ", "))")
      }
      return nil
    }
    if present.count > 1, let second = fields.keyRange(present[1]) {
      report(
        .severalActions, second, "a check is of one kind, and this one has \"\(key.rawValue)\" already",
        notes: ["make it a check of its own"])
    }
    let kind: Check.Kind? =
      switch key {
      case .exists: existsCheck(value).map(Check.Kind.exists)
      case .file: fileCheck(value).map(Check.Kind.file)
      case .run: runCheck(value, shell: shell).map(Check.Kind.run)
      case .tableData: tableCheck(value).map(Check.Kind.table)
      case .http: httpCheck(value).map(Check.Kind.http)
      default: sqlCheck(value).map(Check.Kind.sql)
      }
    let title = fields[.title].flatMap { text($0, "\"title\"") }
    let severity = fields[.severity].flatMap { choice($0, "\"severity\"", Check.Severity.self) }
    guard let kind else { return nil }
    var check = Check(kind, node.range)
    check.title = title
    check.severity = severity ?? .error
    return check
  }

  private mutating func existsCheck(_ node: YAMLNode) -> Check.Exists? {
    if node.kind == .scalar { return path(node, "\"exists\"").map { Check.Exists(glob: $0) } }
    guard mapping(node, "\"exists\"", or: "a text") else { return nil }
    let fields = Fields<ExistsKey>(node, &self, what: "\"exists\"")
    guard let glob = fields[.glob] else {
      reportMissing(ExistsKey.glob, fields, what: "\"exists\"")
      return nil
    }
    let pattern = path(glob, "\"glob\"")
    var check = Check.Exists(glob: pattern ?? PathPattern(""))
    if let value = fields[.count] { check.count = comparisons(value, "\"count\"") }
    if let value = fields[.size] { check.size = comparisons(value, "\"size\"", unit: .size) }
    if let value = fields[.age] { check.age = comparisons(value, "\"age\"", unit: .duration) }
    if let value = fields[.minCount], let least = int(value, "\"min_count\"", in: 0...Int(Int32.max)) {
      check.count.append(Comparison(.ge, .value(.int(least)), value.range))
    }
    if let value = fields[.minSize], let operand = operand(value, "\"min_size\"", unit: .size) {
      check.size.append(Comparison(.ge, operand, value.range))
    }
    if let value = fields[.maxAge], let operand = operand(value, "\"max_age\"", unit: .duration) {
      check.age.append(Comparison(.le, operand, value.range))
    }
    return pattern == nil ? nil : check
  }

  private mutating func fileCheck(_ node: YAMLNode) -> Check.File? {
    guard mapping(node, "a file check") else { return nil }
    let fields = Fields<FileCheckKey>(node, &self, what: "a file check")
    guard let name = fields[.path] else {
      reportMissing(FileCheckKey.path, fields, what: "a file check")
      return nil
    }
    let path = path(name, "\"path\"")
    var check = Check.File(path: path ?? PathPattern(""))
    let operators: [(FileCheckKey, Comparison.Operator)] = [
      (.contains, .contains), (.matches, .matches), (.eq, .eq), (.ne, .ne),
    ]
    for (key, op) in operators {
      guard let value = fields[key], let comparison = comparison(op, value, "\"\(key.rawValue)\"", unit: .none) else {
        continue
      }
      check.content.append(comparison)
    }
    if let value = fields[.sha256] { check.sha256 = self.sha256(value) }
    let contents = operators.map(\.0) + [.sha256]
    if !contents.contains(where: { fields.has($0) }), !fields.misspells(contents) {
      report(
        .missingKey, node.range, "a file check needs one of: \(contents.map(\.rawValue).joined(separator: ", "))",
        notes: ["to look only whether the file is there, write \"exists: PATH\""])
      return nil
    }
    return path == nil ? nil : check
  }

  private mutating func runCheck(_ node: YAMLNode, shell: Interpreter) -> Check.Run? {
    if node.kind == .scalar { return script(node, "\"run\"", shell: shell).map { Check.Run(script: $0) } }
    guard mapping(node, "a run check", or: "a text") else { return nil }
    let fields = Fields<RunCheckKey>(node, &self, what: "a run check")
    guard let text = fields[.script] else {
      reportMissing(RunCheckKey.script, fields, what: "a run check")
      return nil
    }
    let script = script(text, "\"script\"", shell: shell)
    let expect = fields[.expect].flatMap { expectation($0) }
    guard let script else { return nil }
    var check = Check.Run(script: script)
    if let expect { check.expect = expect }
    return check
  }

  private mutating func sqlCheck(_ node: YAMLNode) -> Check.SQL? {
    guard mapping(node, "an sql check") else { return nil }
    let fields = Fields<SQLCheckKey>(node, &self, what: "an sql check")
    var database = defaultDatabase
    if let place = fields[.database] {
      database = self.database(place)
    } else if database == nil {
      reportMissing(SQLCheckKey.database, fields, what: "an sql check", notes: ["or set it for all under \"defaults\""])
    }
    guard let text = fields[.query] else {
      reportMissing(SQLCheckKey.query, fields, what: "an sql check")
      return nil
    }
    let query = sql(text, "\"query\"", for: database?.dialect ?? .sqlite)
    var value: [Comparison] = []
    var duration: [Comparison] = []
    if let node = fields[.expect] {
      if node.kind == .mapping, node.entries.contains(where: { SQLExpectKey(rawValue: $0.key.text) != nil }) {
        let expect = Fields<SQLExpectKey>(node, &self, what: "\"expect\"")
        if let node = expect[.value] { value = comparisons(node, "\"value\"") }
        if let node = expect[.duration] { duration = comparisons(node, "\"duration\"", unit: .duration) }
      } else {
        value = comparisons(node, "\"expect\"")
      }
    }
    guard let database, let query else { return nil }
    var check = Check.SQL(database: database, query: query)
    check.value = value
    check.duration = duration
    return check
  }
}
