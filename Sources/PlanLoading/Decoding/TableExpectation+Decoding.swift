internal import Diagnostics
internal import PlanModel
internal import SourceText
internal import YAML

enum ExpectationKey: String, FieldKey {
  case notNull = "not_null"
  case unique
  case acceptedValues = "accepted_values"
  case range
  case rowCount = "row_count"
  case freshness, references, distribution, columns, sql
  case title, severity, mostly, weight

  static let table = KeyTable<ExpectationKey>()
  static let kinds: [ExpectationKey] = [
    .notNull, .unique, .acceptedValues, .range, .rowCount, .freshness, .references, .distribution, .columns, .sql,
  ]
}

enum AcceptedValuesKey: String, FieldKey {
  case column, values

  static let table = KeyTable<AcceptedValuesKey>()
}

enum RangeKey: String, FieldKey {
  case column, min, max

  static let table = KeyTable<RangeKey>()
}

enum RowCountKey: String, FieldKey {
  case min, max, tolerance

  static let table = KeyTable<RowCountKey>()
}

enum FreshnessKey: String, FieldKey {
  case column
  case maxAge = "max_age"

  static let table = KeyTable<FreshnessKey>()
}

enum ReferencesKey: String, FieldKey {
  case column
  case target = "table"
  case csv, key

  static let table = KeyTable<ReferencesKey>()
}

enum DistributionKey: String, FieldKey {
  case column
  case maxPSI = "max_psi"
  case maxShift = "max_shift"

  static let table = KeyTable<DistributionKey>()
}

extension DecodingContext {
  /// One entry of `checks` of a table check.
  mutating func expectation(
    ofTable node: YAMLNode, isCSV: Bool, _ dialect: SQLDialect
  ) -> TableExpectation? {
    let what = "a check of a table"
    guard mapping(node, what) else { return nil }
    let fields = Fields<ExpectationKey>(node, &self, what: what)
    let present = ExpectationKey.kinds.filter { fields.has($0) }
    guard let key = present.first, let value = fields[key] else {
      if !fields.misspells(ExpectationKey.kinds) {
        report(
          .noAction, node.range,
          "\(what) needs one of: \(ExpectationKey.kinds.map(\.rawValue).joined(separator: ", "))")
      }
      return nil
    }
    if present.count > 1, let second = fields.keyRange(present[1]) {
      report(
        .severalActions, second, "\(what) is of one kind, and this one has \"\(key.rawValue)\" already",
        notes: ["make it a check of its own"])
    }
    let title = fields[.title].flatMap { text($0, "\"title\"") }
    let severity = fields[.severity].flatMap { choice($0, "\"severity\"", Check.Severity.self) }
    let mostly = fields[.mostly].flatMap { share($0, "\"mostly\"", in: 0...1) }
    let weight = fields[.weight].flatMap { number($0, "\"weight\"") }
    if let weight, let node = fields[.weight], !(weight > 0 && weight <= 1000) {
      report(.badValue, node.range, "\"weight\" must be above 0 and at most 1000, not \(node.text)")
    }
    guard let kind = expectationKind(key, value, isCSV: isCSV, dialect) else { return nil }
    let expectation = TableExpectation(
      kind, title: title, severity: severity, mostly: mostly, weight: weight ?? 1, fields.keyRange(key) ?? node.range)
    if let range = fields.keyRange(.mostly), !expectation.isAboutRows {
      report(
        .conflictingKeys, range, "\"mostly\" is for checks of rows, and \"\(key.rawValue)\" looks at the whole table",
        notes: ["remove it"])
    }
    return expectation
  }

  private mutating func expectationKind(
    _ key: ExpectationKey, _ value: YAMLNode, isCSV: Bool, _ dialect: SQLDialect
  ) -> TableExpectation.Kind? {
    switch key {
    case .notNull: return columnsOf(value, "\"not_null\"").map { .notNull($0) }
    case .unique: return columnsOf(value, "\"unique\"").map { .unique($0) }
    case .acceptedValues: return acceptedValues(value)
    case .range: return range(value)
    case .rowCount: return rowCount(value)
    case .freshness: return freshness(value)
    case .references: return references(value, isCSV: isCSV)
    case .distribution: return distribution(value)
    case .columns: return columnTypes(value)
    case .sql, .title, .severity, .mostly, .weight: return failingRows(value, dialect)
    }
  }

  private mutating func columnsOf(_ node: YAMLNode, _ what: String) -> [Located<String>]? {
    if node.isNull {
      report(.badValue, node.range, "\(what) names no column")
      return nil
    }
    let names = columns(node, what)
    return names.isEmpty ? nil : names
  }

  /// The column that a check of one column names.
  private mutating func column<Key: FieldKey>(_ key: Key, _ fields: Fields<Key>, _ what: String) -> Located<String>? {
    guard let node = fields[key] else {
      reportMissing(key, fields, what: what)
      return nil
    }
    return columnName(node, "\"column\"")
  }

  private mutating func acceptedValues(_ node: YAMLNode) -> TableExpectation.Kind? {
    let what = "\"accepted_values\""
    guard mapping(node, what) else { return nil }
    let fields = Fields<AcceptedValuesKey>(node, &self, what: what)
    let column = self.column(.column, fields, what)
    guard let list = fields[.values] else {
      reportMissing(AcceptedValuesKey.values, fields, what: what)
      return nil
    }
    if list.kind == .scalar, list.text.contains("${{") {
      guard let template = template(list, "\"values\"", allowsList: true), let column else { return nil }
      return .acceptedValues(column, [.template(template)])
    }
    var values: [Comparison.Operand] = []
    var seen: Set<String> = []
    let items = scalarList(list, "\"values\"")
    for item in items {
      if item.isNull {
        report(
          .badValue, item.range, "no value is no accepted value",
          notes: ["rows without a value are not looked at; \"not_null\" finds them"])
        continue
      }
      if !seen.insert(item.text).inserted {
        report(.badValue, item.range, "\"values\" holds \"\(item.text)\" twice", notes: ["remove one of the two"])
      }
      if let operand = operand(item, "a value", unit: .none) { values.append(operand) }
    }
    if items.isEmpty, list.kind != .mapping {
      report(.badValue, list.range, "\"values\" holds no value", notes: ["write the values that are good"])
    }
    guard let column, !values.isEmpty else { return nil }
    return .acceptedValues(column, values)
  }

  private mutating func range(_ node: YAMLNode) -> TableExpectation.Kind? {
    let what = "\"range\""
    guard mapping(node, what) else { return nil }
    let fields = Fields<RangeKey>(node, &self, what: what)
    let column = self.column(.column, fields, what)
    let min = fields[.min].flatMap { bound($0, "\"min\"") }
    let max = fields[.max].flatMap { bound($0, "\"max\"") }
    if !fields.has(.min), !fields.has(.max) {
      reportMissing(RangeKey.min, fields, what: what, notes: ["or \"max\", or both"])
      return nil
    }
    refuseEmptyRange(min, max, fields[.max]?.range ?? node.range)
    if let min, let max, case .value(let low) = min, case .value(let high) = max, low.isNumber != high.isNumber {
      report(.badValue, fields[.max]?.range ?? node.range, "\"min\" and \"max\" are not of one type")
    }
    guard let column, min != nil || max != nil else { return nil }
    return .range(column, min: min, max: max)
  }

  /// A number, or a text such as a date.
  private mutating func bound(_ node: YAMLNode, _ what: String) -> Comparison.Operand? {
    if node.kind == .scalar {
      switch node.resolved {
      case .null, .bool:
        reportType(node, expected: "a number or a text", what: what)
        return nil
      case .int, .double, .string: break
      }
    }
    return operand(node, what, unit: .none)
  }

  private mutating func refuseEmptyRange(
    _ min: Comparison.Operand?, _ max: Comparison.Operand?, _ range: SourceRange
  ) {
    guard case .value(let low)? = min, case .value(let high)? = max else { return }
    let isEmpty: Bool =
      switch (low, high) {
      case (.string(let low), .string(let high)): low > high
      default: low.ordering(to: high) == .greater
      }
    if isEmpty {
      report(
        .badValue, range, "\"max\" is below \"min\"",
        notes: ["nothing is at least \(low.text ?? "") and at most \(high.text ?? "")"])
    }
  }

  private mutating func rowCount(_ node: YAMLNode) -> TableExpectation.Kind? {
    let what = "\"row_count\""
    guard mapping(node, what) else { return nil }
    let fields = Fields<RowCountKey>(node, &self, what: what)
    let min = fields[.min].flatMap { count($0, "\"min\"") }
    let max = fields[.max].flatMap { count($0, "\"max\"") }
    let tolerance = fields[.tolerance].flatMap { share($0, "\"tolerance\"", in: 0...1000) }
    refuseEmptyRange(min, max, fields[.max]?.range ?? node.range)
    if !fields.has(.min), !fields.has(.max), !fields.has(.tolerance) {
      if !fields.misspells(RowCountKey.allCases) {
        report(.missingKey, node.range, "\(what) needs one of: min, max, tolerance")
      }
      return nil
    }
    return .rowCount(min: min, max: max, tolerance: tolerance)
  }

  private mutating func count(_ node: YAMLNode, _ what: String) -> Comparison.Operand? {
    if node.kind == .scalar, node.text.contains("${{") { return operand(node, what, unit: .none) }
    return int(node, what, in: 0...1_000_000_000_000).map { .value(.int($0)) }
  }

  private mutating func freshness(_ node: YAMLNode) -> TableExpectation.Kind? {
    let what = "\"freshness\""
    guard mapping(node, what) else { return nil }
    let fields = Fields<FreshnessKey>(node, &self, what: what)
    let column = self.column(.column, fields, what)
    guard let age = fields[.maxAge] else {
      reportMissing(FreshnessKey.maxAge, fields, what: what)
      return nil
    }
    guard let duration = duration(age, "\"max_age\""), let column else { return nil }
    return .freshness(column, maxAge: duration.wholeMilliseconds)
  }

  private mutating func references(_ node: YAMLNode, isCSV: Bool) -> TableExpectation.Kind? {
    let what = "\"references\""
    guard mapping(node, what) else { return nil }
    let fields = Fields<ReferencesKey>(node, &self, what: what)
    let column = self.column(.column, fields, what)
    let key = self.column(.key, fields, what)
    let wanted = isCSV ? ReferencesKey.csv : .target
    let other = isCSV ? ReferencesKey.target : .csv
    if let range = fields.keyRange(other) {
      report(
        .conflictingKeys, range,
        isCSV ? "values of a CSV file refer to another CSV file" : "values of a table refer to a table of its database",
        notes: ["write \"\(wanted.rawValue)\""])
      return nil
    }
    guard let value = fields[wanted] else {
      reportMissing(wanted, fields, what: what)
      return nil
    }
    var target: TableExpectation.Target?
    if isCSV {
      target = csvPath(value, "\"csv\"").map { .csv($0) }
    } else {
      target = tableName(value, "\"table\"").map { .table($0) }
    }
    guard let column, let key, let target else { return nil }
    return .references(column, target, key: key)
  }

  private mutating func distribution(_ node: YAMLNode) -> TableExpectation.Kind? {
    let what = "\"distribution\""
    if node.kind == .scalar {
      return columnName(node, what).map {
        .distribution($0, .init(maximumPSI: TableExpectation.Drift.defaultPSI))
      }
    }
    guard mapping(node, what, or: "a column") else { return nil }
    let fields = Fields<DistributionKey>(node, &self, what: what)
    let column = self.column(.column, fields, what)
    var drift = TableExpectation.Drift()
    drift.maximumPSI = fields[.maxPSI].flatMap { positive($0, "\"max_psi\"") }
    drift.maximumShift = fields[.maxShift].flatMap { positive($0, "\"max_shift\"") }
    if !fields.has(.maxPSI), !fields.has(.maxShift) { drift.maximumPSI = TableExpectation.Drift.defaultPSI }
    return column.map { .distribution($0, drift) }
  }

  private mutating func positive(_ node: YAMLNode, _ what: String) -> Double? {
    guard let value = number(node, what) else { return nil }
    if value > 0 { return value }
    report(.badValue, node.range, "\(what) must be above 0, not \(node.text)")
    return nil
  }

  private mutating func columnTypes(_ node: YAMLNode) -> TableExpectation.Kind? {
    if node.kind != .mapping {
      guard let names = columnsOf(node, "\"columns\"") else { return nil }
      return .columns(names.map { .init(name: $0, type: .any) })
    }
    let columns = node.entries.compactMap { key, value -> TableExpectation.Column? in
      guard let name = columnName(key, "a column of \"columns\""),
        let type = choice(value, "the type of a column", TableExpectation.Column.ValueType.self)
      else { return nil }
      return TableExpectation.Column(name: name, type: type)
    }
    if node.count == 0 { report(.badValue, node.range, "\"columns\" names no column") }
    return columns.isEmpty ? nil : .columns(columns)
  }

  /// A query whose rows are failures.
  private mutating func failingRows(_ node: YAMLNode, _ dialect: SQLDialect) -> TableExpectation.Kind? {
    guard let query = sql(node, "\"sql\"", for: dialect) else { return nil }
    let words = SQLStatements.firstWords(of: query.text)
    guard words.count == 1, ["SELECT", "WITH", "VALUES"].contains(words[0]) else {
      report(
        .badValue, node.range, "\"sql\" must be one query that gives the bad rows",
        notes: ["begin it with SELECT or WITH"])
      return nil
    }
    return .sql(query)
  }
}

extension Value {
  fileprivate var isNumber: Bool {
    switch self {
    case .int, .double: true
    default: false
    }
  }
}
