internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum TableCheckKey: String, FieldKey {
  case database
  case name = "table"
  case csv, header, delimiter, nulls
  case filter = "where"
  case checks, profile
  case minScore = "min_score"
  case samples

  static let table = KeyTable<TableCheckKey>()
}

extension DecodingContext {
  /// `table`: expectations about the rows of a table or a CSV file.
  mutating func tableCheck(_ node: YAMLNode) -> Check.Table? {
    let what = "a table check"
    guard mapping(node, what) else { return nil }
    let fields = Fields<TableCheckKey>(node, &self, what: what)
    let source = fields[.csv].map { csvFile($0, fields).map(TableSource.csv) } ?? databaseTable(fields)
    let isCSV = fields.has(.csv)
    var dialect = SQLDialect.sqlite
    if case .database(let database, _)? = source { dialect = database.dialect }
    let filter = fields[.filter].flatMap { sql($0, "\"where\"", for: dialect) }
    let items = fields[.checks].map { $0.kind == .sequence ? $0.items.map { $0 } : [$0] } ?? []
    let expectations = items.compactMap { expectation(ofTable: $0, isCSV: isCSV, dialect) }
    if let checks = fields[.checks], items.isEmpty {
      report(.badValue, checks.range, "\"checks\" holds no check", notes: ["remove the key, or add one"])
    }
    let profile = fields[.profile].map { profiledColumns($0) }
    if !fields.has(.checks), !fields.has(.profile) || profile == ProfiledColumns.none {
      reportMissing(TableCheckKey.checks, fields, what: what, notes: ["or \"profile: true\" to look at it only"])
    }
    refuseRepeated(expectations)
    let score = fields[.minScore].flatMap { share($0, "\"min_score\"", in: 0...1) }
    if let range = fields.keyRange(.minScore), !fields.has(.checks), !fields.misspells([.checks]) {
      report(
        .conflictingKeys, range, "\"min_score\" is the score of \"checks\", and there are none", notes: ["remove it"])
    }
    let samples = fields[.samples].flatMap { int($0, "\"samples\"", in: 0...20) }
    guard let source else { return nil }
    return Check.Table(
      source: source, filter: filter, expectations: expectations, profile: profile ?? .none, minimumScore: score,
      samples: samples ?? Check.Table.defaultSamples)
  }

  // MARK: What is read

  private mutating func databaseTable(_ fields: Fields<TableCheckKey>) -> TableSource? {
    for key in [TableCheckKey.header, .delimiter, .nulls] {
      guard let range = fields.keyRange(key) else { continue }
      report(.conflictingKeys, range, "\"\(key.rawValue)\" goes with \"csv\" only", notes: ["remove it"])
    }
    var place = defaultDatabase
    if let value = fields[.database] {
      place = database(value)
    } else if place == nil {
      reportMissing(
        TableCheckKey.database, fields, what: "a table check",
        notes: ["or set it for all under \"defaults\"; for a file of records write \"csv: PATH\""])
    }
    guard let value = fields[.name] else {
      reportMissing(TableCheckKey.name, fields, what: "a table check")
      return nil
    }
    guard let name = tableName(value, "\"table\""), let place else { return nil }
    return .database(place, name)
  }

  private mutating func csvFile(_ node: YAMLNode, _ fields: Fields<TableCheckKey>) -> CSVFile? {
    if let range = fields.keyRange(.database) {
      report(
        .conflictingKeys, range, "\"database\" and \"csv\" can't both be", notes: ["remove one of the two"])
    }
    let path = csvPath(node, "\"csv\"")
    var file = CSVFile(path: path ?? PathPattern(""))
    if let value = fields[.name] {
      guard let name = tableName(value, "\"table\"") else { return nil }
      guard name.schema == nil else {
        report(
          .badValue, value.range, "the table of a CSV file has no schema", notes: ["write \"\(name.table)\""])
        return nil
      }
      file.name = name.table
    }
    if let value = fields[.header] { file.hasHeader = bool(value, "\"header\"") ?? true }
    if let value = fields[.delimiter] { file.delimiter = delimiter(value) ?? file.delimiter }
    if let value = fields[.nulls] { file.nulls = value.isNull ? [] : textList(value, "\"nulls\"").map(\.value) }
    return path == nil ? nil : file
  }

  /// One file, wherever it lies.
  mutating func csvPath(_ node: YAMLNode, _ what: String) -> PathPattern? {
    guard let pattern = path(node, what) else { return nil }
    guard !pattern.isNegated, pattern.isLiteral || pattern.text.contains("${{") else {
      report(.badPath, node.range, "\(what) is one path, not a pattern", notes: ["write a check for each file"])
      return nil
    }
    return pattern
  }

  private mutating func delimiter(_ node: YAMLNode) -> UInt8? {
    guard let text = text(node, "\"delimiter\"") else { return nil }
    let bytes = Array(text.utf8)
    guard bytes.count == 1, bytes[0] < 0x80, ![0, 0x0A, 0x0D, UInt8(ascii: "\"")].contains(bytes[0]) else {
      report(
        .badValue, node.range, "a delimiter is one character of ASCII, and no quote or line end",
        notes: ["write \";\", \"|\" or \"\\t\" in double quotes"])
      return nil
    }
    return bytes[0]
  }

  private mutating func profiledColumns(_ node: YAMLNode) -> ProfiledColumns {
    if node.kind == .scalar, case .bool(let isWanted) = node.resolved { return isWanted ? .all : .none }
    return .some(columns(node, "\"profile\""))
  }

  // MARK: Names

  /// `users`, `public.users`, or with parts in double quotes: `"odd.name"`.
  mutating func tableName(_ node: YAMLNode, _ what: String) -> TableName? {
    guard let text = literalText(node, what) else { return nil }
    do throws(TableNameText.Problem) {
      return TableName(try TableNameText.parts(of: text), node.range)
    } catch {
      report(
        .badValue, node.range, "\(what) can't be \"\(text.prefix(60))\": \(error.message)",
        notes: ["write table, schema.table, or a name in double quotes: '\"odd.name\"'"])
      return nil
    }
  }

  mutating func columns(_ node: YAMLNode, _ what: String) -> [Located<String>] {
    let names = scalarList(node, what).compactMap { columnName($0, "a column of \(what)") }
    var seen: Set<String> = []
    for name in names where !seen.insert(name.value).inserted {
      report(
        .badValue, name.range, "\(what) names the column \"\(name.value)\" twice", notes: ["remove one of the two"])
    }
    if names.isEmpty, node.kind == .sequence, node.count == 0 {
      report(.badValue, node.range, "\(what) names no column")
    }
    return names
  }

  mutating func columnName(_ node: YAMLNode, _ what: String) -> Located<String>? {
    literalText(node, what).map { Located($0, node.range) }
  }

  /// A name: it is quoted in SQL as it stands, so it may be anything but nothing, and can't hold an expression.
  private mutating func literalText(_ node: YAMLNode, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    if text.contains("${{") {
      report(
        .notStatic, node.range, "\(what) can't hold an expression", notes: ["write the name itself"])
      return nil
    }
    guard !text.isEmpty, !text.utf8.contains(0) else {
      report(.badValue, node.range, text.isEmpty ? "\(what) is empty" : "\(what) holds a NUL character")
      return nil
    }
    return text
  }

  // MARK: Rules

  /// Only a step of checks keeps what it found for the next run.
  mutating func refuseComparisonsWithLastRun(_ checks: [Check], _ what: String) {
    for check in checks {
      guard case .table(let table) = check.kind, let expectation = table.comparesWithLastRun else { continue }
      let name = if case .rowCount = expectation.kind { "tolerance" } else { expectation.keyword }
      report(
        .conflictingKeys, expectation.range, "\(what) can't hold \"\(name)\", as it keeps nothing for the next run",
        notes: ["make it a step of its own with \"check\""])
    }
  }

  private mutating func refuseRepeated(_ expectations: [TableExpectation]) {
    var seen: Set<String> = []
    for expectation in expectations {
      let names: [Located<String>] =
        switch expectation.kind {
        case .notNull(let columns): columns
        case .freshness(let column, _), .distribution(let column, _), .acceptedValues(let column, _): [column]
        case .unique(let columns):
          columns.first.map { [Located(columns.map(\.value).sorted().joined(separator: "\u{0}"), $0.range)] } ?? []
        case .rowCount: [Located("", expectation.range)]
        case .range, .references, .columns, .sql: []
        }
      for name in names where !seen.insert("\(expectation.keyword)\u{0}\(name.value)").inserted {
        // A list that names a column twice was reported.
        if case .notNull(let columns) = expectation.kind, columns.count(where: { $0.value == name.value }) > 1 {
          continue
        }
        let column = name.value.split(separator: "\u{0}").map { "\"\($0)\"" }.joined(separator: ", ")
        report(
          .badValue, name.range,
          "there is a check \"\(expectation.keyword)\"\(column.isEmpty ? "" : " of \(column)") already",
          notes: ["remove one of the two"])
      }
    }
  }

  /// `0.99` or `99%`.
  mutating func share(_ node: YAMLNode, _ what: String, in allowed: ClosedRange<Double>) -> Double? {
    var value: Double?
    if node.kind == .scalar {
      switch node.resolved {
      case .int(let number): value = Double(number)
      case .double(let number) where number.isFinite: value = number
      case .string where node.text.hasSuffix("%"): value = Double(node.text.dropLast()).map { $0 / 100 }
      case .null, .bool, .double, .string: break
      }
    }
    guard let value, value.isFinite else {
      reportType(node, expected: "a share like 0.99 or 99%", what: what)
      return nil
    }
    guard allowed.contains(value) else {
      let range = allowed.upperBound == 1 ? "between 0 and 1 (0% and 100%)" : "0 or more"
      report(.badValue, node.range, "\(what) must be \(range), not \(node.text)")
      return nil
    }
    return value
  }
}
