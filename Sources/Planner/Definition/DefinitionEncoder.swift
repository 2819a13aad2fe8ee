internal import PlanModel
internal import SourceText

/// Writes the parts of a step as named fields of canonical text.
struct DefinitionEncoder {
  let statics: StaticScope
  private(set) var fields: [StepDefinition.Field] = []

  init(statics: StaticScope) {
    self.statics = statics
  }

  mutating func add(_ name: String, _ values: [String]) {
    if !values.isEmpty { fields.append(.init(name, values)) }
  }

  mutating func add(_ name: String, _ template: Template?) {
    if let template { fields.append(.init(name, [text(template)])) }
  }

  mutating func add(_ name: String, _ expression: Expression?) {
    if let expression { fields.append(.init(name, [expression.folded(in: statics)])) }
  }

  mutating func add(_ name: String, _ patterns: [PathPattern]) {
    add(name, patterns.map { text($0) })
  }

  mutating func encode(_ action: Action, shell: Interpreter) {
    add("action", [action.kind.rawValue])
    switch action {
    case .run(let run):
      add("run", run.script.template)
      add("shell", (run.interpreter ?? shell).words)
    case .exec(let exec):
      add("exec", exec.arguments.map { text($0) })
    case .file(let file):
      add("path", [text(file.path)])
      encode(file.content)
      if let mode = file.mode { add("mode", [String(mode, radix: 8)]) }
      if file.allowsOutside { add("allow_outside", ["true"]) }
    case .edit(let edit):
      add("path", [text(edit.path)])
      encode(edit.change)
      if !edit.isPresent { add("ensure", ["absent"]) }
      if edit.allowsOutside { add("allow_outside", ["true"]) }
    case .sql(let sql):
      encode(sql)
    case .http(let http):
      encode(http)
    case .fetch(let fetch):
      encode(fetch)
    case .wait(let wait):
      encode(wait)
    case .check(let check):
      add("check", check.checks.flatMap { texts($0) })
    case .manual(let manual):
      add("instructions", manual.instructions)
      encode(manual.acceptance)
    case .approve(let approve):
      add("message", approve.message)
      add("approvers", approve.approvers)
      if approve.quorum != 1 { add("quorum", [String(approve.quorum)]) }
      if let expires = approve.expires { add("expires", ["\(expires.wholeMilliseconds)ms"]) }
    case .agent(let agent):
      encode(agent, shell: shell)
    case .uses(let uses):
      add("uses", [uses.name.value])
      add("with", [uses.with.folded(in: statics)])
    }
  }

  private mutating func encode(_ content: FileAction.Content) {
    switch content {
    case .text(let template): add("content", template)
    case .source(let path, let render):
      add("source", [text(path)])
      if render { add("render", ["true"]) }
    case .directory: add("directory", ["true"])
    case .link(let target): add("link", target)
    case .absent: add("absent", ["true"])
    case .unchanged: break
    }
  }

  private mutating func encode(_ change: EditAction.Change) {
    switch change {
    case .line(let line): add("line", line)
    case .block(let marker, let text, let comment):
      add("block", [marker, self.text(text), comment])
    case .replace(let pattern, let with):
      add("replace", [pattern.value, text(with)])
    }
  }

  private mutating func encode(_ sql: SQLAction) {
    add("database", texts(sql.database))
    switch sql.body {
    case .script(let script): add("script", script.template)
    case .statements(let list): add("statements", list.map { text($0.template) })
    case .file(let path): add("file", [text(path)])
    case .query(let query): add("query", query.template)
    }
    for binding in sql.bind { add("bind.\(binding.name.value)", binding.value) }
    if sql.exactlyOnce { add("exactly_once", ["true"]) }
    if sql.allRows { add("rows", ["all"]) }
  }

  // MARK: Texts

  func text(_ template: Template) -> String { template.folded(in: statics) }

  func text(_ pattern: PathPattern) -> String { (pattern.isNegated ? "!" : "") + pattern.text }

  /// A server by the settings that the plan gives, secrets by their names.
  func texts(_ database: Database) -> [String] {
    switch database {
    case .sqlite(let path): return [text(path)]
    case .postgres(let connection):
      let settings = connection.settings.map { "\($0.keyword.rawValue)=\(text($0.value))" }.sorted()
      return ["postgres"] + (connection.text.map { [text($0)] } ?? []) + settings
    }
  }

  func texts(_ expect: Expectation) -> [String] {
    ["exit=" + expect.exit.map(String.init).joined(separator: ",")]
      + texts("stdout", expect.stdout) + texts("stderr", expect.stderr) + texts("duration", expect.duration)
  }

  func texts(_ name: String, _ comparisons: [Comparison]) -> [String] {
    comparisons.flatMap { comparison -> [String] in
      let operand = texts(comparison.operand)
      return ["\(name) \(comparison.op.rawValue) \(operand.count)"] + operand
    }
  }

  func texts(_ operand: Comparison.Operand) -> [String] {
    switch operand {
    case .value(let value): [JSONWriter.compact(value)]
    case .template(let template): [text(template)]
    case .list(let templates): templates.map { text($0) }
    }
  }

  func texts(_ check: Check) -> [String] {
    let severity = check.severity == .warn ? ["warn"] : []
    switch check.kind {
    case .exists(let exists):
      return severity + ["exists", text(exists.glob)] + texts("count", exists.count) + texts("size", exists.size)
        + texts("age", exists.age)
    case .file(let file):
      return severity + ["file", text(file.path)] + texts("content", file.content)
        + (file.sha256.map { ["sha256", $0] } ?? [])
    case .run(let run):
      return severity + ["run", text(run.script.template)] + texts(run.expect)
    case .sql(let sql):
      return severity + ["sql"] + texts(sql.database) + [text(sql.query.template)] + texts("value", sql.value)
        + texts("duration", sql.duration)
    case .table(let table): return severity + texts(table)
    case .http(let http):
      return severity + ["http"] + texts(http.request) + texts(http.expect)
    }
  }
}
