extension Step {
  /// Every path that the step writes: its declared outputs, the file that a `file`, `edit` or `fetch` action names,
  /// and the database file that a `sql` action changes.
  package var writtenPaths: [PathPattern] {
    var paths = outputs
    if let target = action.targetPath { paths.append(target) }
    if case .agent(let agent) = action, let copy = agent.promptTo { paths.append(copy) }
    if let database = action.writtenDatabase { paths.append(database) }
    return paths
  }

  /// Every path that the step reads: its declared inputs, the files that its action names as a source, and
  /// the database files that its action only queries.
  package var readPaths: [PathPattern] {
    var paths = inputs
    if let source = action.sourcePath { paths.append(source) }
    if case .agent(let agent) = action { paths += agent.context }
    return paths + action.queriedDatabases
  }
}

extension Action {
  /// The file, folder or link that a `file`, `edit` or `fetch` action makes as described.
  package var targetPath: PathPattern? {
    switch self {
    case .file(let file): file.path
    case .edit(let edit): edit.path
    case .fetch(let fetch): fetch.path
    case .run, .exec, .sql, .http, .wait, .check, .manual, .approve, .agent, .uses: nil
    }
  }

  /// The file whose content the action takes: `file.source`, `sql.file`, `agent.prompt_file`, the program of `uses`.
  package var sourcePath: PathPattern? {
    switch self {
    case .file(let file):
      if case .source(let path, _) = file.content { return path }
      return nil
    case .sql(let sql):
      if case .file(let path) = sql.body { return path }
      return nil
    case .agent(let agent): return agent.promptFile
    case .uses(let uses): return uses.program
    case .run, .exec, .edit, .http, .fetch, .wait, .check, .manual, .approve: return nil
    }
  }

  /// The database file that the action may change; a query changes none, and a server has none.
  package var writtenDatabase: PathPattern? {
    guard case .sql(let sql) = self else { return nil }
    if case .query = sql.body { return nil }
    return sql.database.path
  }

  /// The database files and the files of records that the action only reads.
  package var queriedDatabases: [PathPattern] {
    switch self {
    case .sql(let sql):
      if case .query = sql.body, let path = sql.database.path { return [path] }
      return []
    case .check(let check): return check.checks.flatMap(\.readFiles)
    case .wait(let wait):
      if case .checks(let checks) = wait.condition { return checks.flatMap(\.readFiles) }
      return []
    case .run, .exec, .file, .edit, .http, .fetch, .manual, .approve, .agent, .uses: return []
    }
  }
}

extension Check {
  /// The database files and the files of records that the check reads.
  package var readFiles: [PathPattern] {
    switch kind {
    case .sql(let sql): return sql.database.path.map { [$0] } ?? []
    case .table(let table):
      if case .database(let database, _) = table.source, let path = database.path { return [path] + table.files }
      return table.files
    case .exists, .file, .run, .http: return []
    }
  }
}
