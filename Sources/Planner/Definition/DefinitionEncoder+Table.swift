internal import PlanModel
internal import SourceText

extension DefinitionEncoder {
  /// A table check: what is read, how, and what is expected; titles are for people.
  func texts(_ table: Check.Table) -> [String] {
    var texts = ["table"]
    switch table.source {
    case .database(let database, let name):
      texts += ["database"] + self.texts(database) + ["\(name.parts.count)"] + name.parts
    case .csv(let file):
      texts += ["csv", text(file.path), file.name ?? "", "\(file.delimiter)", "\(file.hasHeader)"]
      texts += ["\(file.nulls.count)"] + file.nulls
    }
    if let filter = table.filter { texts += ["where", text(filter.template)] }
    switch table.profile {
    case .none: break
    case .all: texts += ["profile"]
    case .some(let columns): texts += ["profile", "\(columns.count)"] + columns.map(\.value)
    }
    if let score = table.minimumScore { texts += ["min_score", "\(score)"] }
    texts += ["samples", "\(table.samples)"]
    return texts + table.expectations.flatMap { self.texts($0) }
  }

  private func texts(_ expectation: TableExpectation) -> [String] {
    var texts = [expectation.keyword]
    switch expectation.kind {
    case .notNull(let columns), .unique(let columns): texts += ["\(columns.count)"] + columns.map(\.value)
    case .acceptedValues(let column, let values):
      texts += [column.value, "\(values.count)"] + values.flatMap { self.texts($0) }
    case .range(let column, let min, let max): texts += [column.value] + bounds(min, max)
    case .rowCount(let min, let max, let tolerance):
      texts += bounds(min, max) + (tolerance.map { ["tolerance", "\($0)"] } ?? [])
    case .freshness(let column, let age): texts += [column.value, "\(age)"]
    case .references(let column, .table(let table), let key):
      texts += [column.value, "table", "\(table.parts.count)"] + table.parts + [key.value]
    case .references(let column, .csv(let path), let key): texts += [column.value, "csv", text(path), key.value]
    case .distribution(let column, let drift):
      texts += [column.value] + (drift.maximumPSI.map { ["psi", "\($0)"] } ?? [])
      texts += drift.maximumShift.map { ["shift", "\($0)"] } ?? []
    case .columns(let columns): texts += columns.flatMap { [$0.name.value, $0.type.rawValue] }
    case .sql(let query): texts += [text(query.template)]
    }
    if let severity = expectation.severity { texts.append(severity.rawValue) }
    if let mostly = expectation.mostly { texts += ["mostly", "\(mostly)"] }
    if expectation.weight != 1 { texts += ["weight", "\(expectation.weight)"] }
    return texts
  }

  private func bounds(_ min: Comparison.Operand?, _ max: Comparison.Operand?) -> [String] {
    (min.map { ["min"] + texts($0) } ?? []) + (max.map { ["max"] + texts($0) } ?? [])
  }
}
