internal import DataQuality
internal import Glibc
internal import PlanModel
internal import Planner
internal import SQLite
internal import SourceText
internal import Subprocess

/// Makes the table checks of one step.
struct TableChecks {
  let context: StepContext
  /// Whether an attempt's timer ends what takes too long; else the step's timeout counts for each table.
  var isTimed = false

  /// The value of a step of checks under which it keeps what the next run compares itself with.
  static let value = "tables"

  /// What came of one check; nil: there is no such database or file.
  ///
  /// - Parameter name: what the next run finds it by.
  func report(_ check: Check.Table, severity: Check.Severity, name: String) throws -> TableReport {
    let baseline = baseline(name)
    var report: TableReport?
    switch check.source {
    case .database(.sqlite(let database), let table):
      report = try Connection.reading(context.site.absolute(database.text)) { connection in
        try context.cancellation.covering(connection) {
          try assess(check, table, severity, SQLiteTables(connection), baseline, [:])
        }
      }
      if report == nil { throw TableProblem("there is no database \"\(database.text)\"") }
    case .database(.postgres(let connection), let table):
      report = try postgres(connection, table, check, severity, baseline)
    case .csv(let file): report = try csv(file, check, severity, baseline)
    }
    guard var report else { throw TableProblem("it was cancelled") }
    report.name = name
    return report.masked(by: context.site.secrets.masker)
  }

  private func assess(
    _ check: Check.Table, _ table: TableName, _ severity: Check.Severity, _ tables: some TableDatabase,
    _ baseline: TableBaseline?, _ references: [String: TableName]
  ) throws -> TableReport {
    let scope = context.scope
    let environment = TableAssessment.Environment(
      now: context.site.world.wallNow(), references: references,
      value: { try Comparison(.eq, $0).operandValue(in: scope) },
      parameters: { text in try text.bindings.map { try $0.evaluate(in: scope) } },
      masked: { [masker = context.site.secrets.masker] in masker.masked($0) })
    return try TableAssessment(
      check, table: table, severity: severity, database: tables, baseline: baseline, environment: environment
    ).report()
  }

  private func postgres(
    _ connection: PostgresConnection, _ table: TableName, _ check: Check.Table, _ severity: Check.Severity,
    _ baseline: TableBaseline?
  ) throws -> TableReport {
    var session = try PostgresSession(connection, context: context)
    if !isTimed { session.timeout = context.step.timeout }
    let conversation = try PostgresConversation(session, statementTimeout: context.step.timeout)
    defer { conversation.end() }
    return try assess(check, table, severity, PostgresTables(conversation: conversation), baseline, [:])
  }

  /// What the last success found; a run that begins afresh compares with nothing, and so takes what is there as good.
  private func baseline(_ name: String) -> TableBaseline? {
    guard let last = context.lastSuccess,
      let tables = last.values.first(where: { $0.key == TableChecks.value })?.value, let value = tables[name]
    else { return nil }
    return TableBaseline(value, run: last.carriedFrom ?? last.run)
  }

  // MARK: Files of records

  /// In KiB: with it a file of some 50 MB needs no temporary file.
  private static let cache = 64 << 10

  private func csv(
    _ file: CSVFile, _ check: Check.Table, _ severity: Check.Severity, _ baseline: TableBaseline?
  ) throws -> TableReport? {
    let connection = try Connection.temporary(cache: TableChecks.cache)
    return try context.cancellation.covering(connection) {
      guard let columns = try take(file, as: file.tableName, into: connection) else { return nil }
      var references: [String: TableName] = [:]
      var names: Set<String> = [file.tableName.lowercased()]
      for path in check.files.dropFirst() where references[path.text] == nil {
        var other = file
        other.path = path
        other.name = nil
        var name = other.tableName
        while !names.insert(name.lowercased()).inserted { name += "_" }
        // It may be the very file.
        if path.text == file.path.text {
          references[path.text] = TableName([file.tableName])
          continue
        }
        guard try take(other, as: name, into: connection) != nil else { return nil }
        references[path.text] = TableName([name])
      }
      let tables = SQLiteTables(connection, lineColumn: CSVImport.lineColumn(columns.map(\.name)))
      return try assess(check, TableName([file.tableName]), severity, tables, baseline, references)
    }
  }

  private func take(_ file: CSVFile, as table: String, into connection: Connection) throws -> [CSVImport.Column]? {
    let input = try RecordFile(path: context.site.absolute(file.path.text), shown: file.path.text)
    let cancellation = context.cancellation
    do {
      return try CSVImport(file, into: table, of: connection) { cancellation.isCancelled }.run { try input.read($0) }
    } catch let problem as CSVProblem {
      throw TableProblem("\"\(file.path.text)\", \(problem)")
    }
  }
}

/// A file that is read from its beginning.
private final class RecordFile {
  private let descriptor: Int32
  private let shown: String

  init(path: String, shown: String) throws(TableProblem) {
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    self.shown = shown
    guard descriptor >= 0 else {
      throw TableProblem(errno == ENOENT ? "there is no file \"\(shown)\"" : RecordFile.text(shown))
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func read(_ count: Int) throws(TableProblem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let got = unsafe Glibc.read(descriptor, &bytes, count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw TableProblem(RecordFile.text(shown)) }
      bytes.removeLast(count - got)
      return bytes
    }
  }

  private static func text(_ shown: String) -> String {
    unsafe "cannot read \"\(shown)\": \(String(cString: strerror(errno)))"
  }
}

extension TableReport {
  /// Profiles hold values of the data, and one of them may be a secret.
  fileprivate func masked(by masker: StreamMasker) -> TableReport {
    guard masker.masksAnything else { return self }
    var report = self
    report.profiles = profiles.map { ($0.column, $0.profile.masked { masker.masked($0) }) }
    for index in outcomes.indices {
      report.outcomes[index].title = masker.masked(outcomes[index].title)
      report.outcomes[index].failure = outcomes[index].failure.map { masker.masked($0) }
      report.outcomes[index].found = masker.masked(outcomes[index].found)
      report.outcomes[index].samples = outcomes[index].samples.map { masker.masked($0) }
    }
    return report
  }
}
