extension ActionRow {
  /// In the order of the table.
  static let all: [ActionRow] =
    programs + files + databases + postgres + checks + tables + people + graphs + foundItems + web + waits + external
    + calls

  private static let programs: [ActionRow] = [
    .program("run", "", "run: BLOCK; LEDGER; echo x > made"),
    .program("run", "`idempotent: true`", "idempotent: true", "run: BLOCK; LEDGER; echo x > made"),
    .program("run", "`once: true`", "once: true", "run: BLOCK; LEDGER; echo x > made"),
    .program("run", "`creates`", "creates: made", "run: BLOCK; LEDGER; echo x > made"),
    .program(
      "run", "`creates` and `verify`", "creates: made", "verify: [{exists: made}]",
      "run: BLOCK; LEDGER; echo x > made"),
    .program("run", "`unless`", "unless: test -e made", "run: BLOCK; LEDGER; echo x > made"),
    .program(
      "run", "`inputs` and `outputs`", "inputs: [p.execplan.yaml]", "outputs: [made]",
      "run: BLOCK; LEDGER; echo x > made"),
    .program("exec", "", "exec: [sh, -c, \"BLOCK; LEDGER; echo x > made\"]"),
  ]

  private static let files: [ActionRow] = [
    .own("file", "", "file: {path: made, content: \"x\\n\"}", during: "fileWritten", files: ["made": "old\n"]),
    .own("file", "a new one", "file: {path: new/made, content: \"x\\n\"}", during: "fileWritten"),
    .own("file", "`link`", "file: {path: made, link: p.execplan.yaml}", during: "afterClaimCommit"),
    .own("file", "`absent`", "file: {path: made, absent: true}", during: "afterClaimCommit", files: ["made": "x\n"]),
    .own("edit", "`line`", "edit: {path: text, line: x}", during: "fileWritten", files: ["text": "a\n"]),
    .own(
      "edit", "`replace`", "edit: {path: text, replace: {pattern: \"^a$\", with: b}}", during: "fileWritten",
      files: ["text": "a\n"]),
  ]

  private static let databases: [ActionRow] = [
    .own(
      "sql", "", "sql: {database: \"sqlite:w.db\", script: insert into t values (1)}", effect: .rows,
      during: "beforeSQLCommit"),
    .own(
      "sql", "`exactly_once`",
      "sql: {database: \"sqlite:w.db\", exactly_once: true, script: insert into t values (1)}", effect: .rows,
      during: "beforeSQLCommit"),
    .own(
      "sql", "a query", "sql: {database: \"sqlite:w.db\", query: select count(*) as n from t}",
      during: "afterClaimCommit"),
  ]

  private static let checks: [ActionRow] = [
    .own("check", "of files", "check: [{exists: p.execplan.yaml}]", during: "afterClaimCommit"),
    ActionRow(
      action: "check", variant: "with a program", yaml: ["check: [{run: \"BLOCK; LEDGER\"}]"], effect: .ledger,
      before: .at("beforeLaunch"), during: .blocked, after: .at("afterAction")),
  ]

  private static let people: [ActionRow] = [
    answered("manual", "manual: {instructions: Look, artifacts: [proof.txt]}"),
    answered("agent", "agent: {prompt: Look, artifacts: [proof.txt]}"),
    .program(
      "agent", "with a program", "agent: {prompt: Do it, command: \"BLOCK; LEDGER; echo x > made\", artifacts: [made]}"),
  ]

  /// What somebody else does, and says so with `checkpoint`.
  private static func answered(_ action: String, _ yaml: String) -> ActionRow {
    ActionRow(
      action: action, variant: "", yaml: [yaml], effect: .state, before: .at("beforeClaimCommit"),
      during: .inAnswer("beforeEndCommit"), after: .inAnswer("afterEndCommit"), files: ["proof.txt": "seen\n"],
      answer: [["checkpoint", "p.execplan.yaml", "it"]])
  }

  private static let graphs: [ActionRow] = [
    ActionRow(
      action: "foreach", variant: "an item", yaml: ["foreach: [a]", "run: BLOCK; LEDGER; echo x > made"],
      effect: .ledger,
      before: .at("beforeLaunch"), during: .blocked, after: .at("afterExit"), node: "it[a]")
  ]
}
