/// A row of the table of what becomes of a step that was cut off: its idempotence class, what the plan says of
/// interruptions, and what had happened already.
struct KillRow: Sendable, CustomStringConvertible {
  enum Class: String, CaseIterable, Sendable {
    case none, declared, creates, unless, compared, convergent, transactional
  }

  enum Outcome: Sendable {
    /// Runs again by itself.
    case again
    /// Counts as done without running again.
    case done
    /// A person decides.
    case asked
    /// Counts as failed until somebody asks for it.
    case failed
  }

  let kind: Class
  let name: String
  let outcome: Outcome
  /// The keys of the step. `LEDGER` appends its number to the ledger, `BLOCK` holds it up at the first call.
  let yaml: [String]
  /// How often the resumed run writes into the ledger; a `verify` that is asked writes too.
  let marks: Int
  /// How many attempts there are after `resolve --as rerun`, and how often the second one writes into the ledger: what
  /// a look finds done is not done again, also then.
  let rerun: (attempts: Int, marks: Int)

  init(
    _ kind: Class, _ name: String, _ outcome: Outcome, _ yaml: String..., marks: Int? = nil,
    rerun: (attempts: Int, marks: Int) = (2, 1)
  ) {
    self.rerun = rerun
    self.kind = kind
    self.name = name
    self.outcome = outcome
    self.yaml = yaml
    self.marks = marks ?? (outcome == .again ? 1 : 0)
  }

  var description: String { "\(kind.rawValue), \(name)" }

  /// Twenty steps in a chain, of which one is that of the row.
  func plan(_ number: Int) -> String {
    var text = "execplan: 1\ntitle: Twenty\nid: twenty\nsteps:\n"
    for step in 1...20 {
      text += "  - id: s\(step)\n"
      if step > 1 { text += "    needs: [s\(step - 1)]\n" }
      for line in step == number ? yaml : ["run: LEDGER"] {
        text +=
          "    "
          + line.replacing("LEDGER", with: "sh $OUT/mark.sh \(step)").replacing("BLOCK", with: "sh $OUT/block.sh")
          .replacing("NUMBER", with: "\(step)") + "\n"
      }
    }
    return text
  }

  private static let blocks = "run: LEDGER; BLOCK"
  /// What the step makes is there before it is cut off, or only after.
  private static let (made, unmade) = ("run: LEDGER; touch made; BLOCK", "run: LEDGER; BLOCK; touch made")
  private static let looks = "verify: [{exists: made}]"
  private static let file = "file: {path: made, content: x}"
  private static let load = "sql: {database: \"sqlite:w.db\", exactly_once: true, script: insert into t values (1)}"
  /// Holds up after the effect of an action that is no program.
  private static let after = "verify: [{run: LEDGER; BLOCK}]"
  /// Denies the effect when it is asked about the attempt that was cut off.
  private static let denies = "verify: [{run: \"LEDGER; BLOCK; test $(grep -cx NUMBER $OUT/ledger) -gt 2\"}]"
  private static let (asks, reruns, fails, verifies) = (
    "on_interrupt: ask", "on_interrupt: rerun", "on_interrupt: fail", "on_interrupt: verify"
  )

  static let all: [KillRow] = [
    KillRow(.none, "run", .asked, blocks),
    KillRow(.none, "exec", .asked, "exec: [sh, -c, \"LEDGER; BLOCK\"]"),
    KillRow(.none, "sql", .asked, "sql: {database: \"sqlite:w.db\", script: insert into t values (1)}", after),
    KillRow(.none, "sql that reads", .again, "sql: {database: \"sqlite:w.db\", query: select 1 as n}", after),
    KillRow(.none, "ask", .asked, blocks, asks),
    KillRow(.none, "rerun", .again, blocks, reruns),
    KillRow(.none, "verify, which holds", .done, made, verifies, looks),
    KillRow(.none, "verify, which fails", .again, unmade, verifies, looks),
    KillRow(.none, "fail", .failed, blocks, fails),

    KillRow(.declared, "run", .again, blocks, "idempotent: true"),
    KillRow(.declared, "exec", .again, "exec: [sh, -c, \"LEDGER; BLOCK\"]", "idempotent: true"),
    KillRow(.declared, "rerun", .again, blocks, "idempotent: true", reruns),
    KillRow(.declared, "verify, which holds", .done, made, "idempotent: true", verifies, looks),
    KillRow(.declared, "verify, which fails", .again, unmade, "idempotent: true", verifies, looks),

    KillRow(.creates, "absent", .again, unmade, "creates: made"),
    KillRow(.creates, "present", .asked, made, "creates: made"),
    KillRow(.creates, "present and verified", .done, made, "creates: made", looks),
    KillRow(.creates, "present, verify fails", .again, made, "creates: made", denies, marks: 3),
    KillRow(.creates, "absent, ask", .asked, unmade, "creates: made", asks),
    KillRow(.creates, "present, rerun", .again, made, "creates: made", reruns),
    KillRow(.creates, "present, verify, which holds", .done, made, "creates: made", verifies, looks),
    KillRow(.creates, "absent, verify, which fails", .again, unmade, "creates: made", verifies, looks),
    KillRow(.creates, "absent, fail", .failed, unmade, "creates: made", fails),

    KillRow(.unless, "true", .done, made, "unless: test -e made"),
    KillRow(.unless, "false", .again, unmade, "unless: test -e made"),
    KillRow(.unless, "true, ask", .asked, made, "unless: test -e made", asks, rerun: (1, 0)),
    KillRow(.unless, "false, rerun", .again, unmade, "unless: test -e made", reruns),
    KillRow(.unless, "true, verify, which holds", .done, made, "unless: test -e made", verifies, looks),
    KillRow(.unless, "false, verify, which fails", .again, unmade, "unless: test -e made", verifies, looks),
    KillRow(.unless, "false, fail", .failed, unmade, "unless: test -e made", fails),

    // It would fail if what the dead attempt left were still there.
    KillRow(
      .compared, "inputs and outputs", .again, "run: LEDGER; test ! -e made; touch made; BLOCK",
      "inputs: [text]", "outputs: [made]"),
    KillRow(.compared, "in place", .asked, "run: LEDGER; date > text; BLOCK", "inputs: [text]", "outputs: [text]"),
    KillRow(
      .compared, "an effect that adds up", .asked, "run: LEDGER; echo x >> made; BLOCK", "inputs: [text]",
      "outputs: [made]"),
    KillRow(.compared, "ask", .asked, made, "inputs: [text]", "outputs: [made]", asks),
    KillRow(.compared, "rerun", .again, made, "inputs: [text]", "outputs: [made]", reruns),
    KillRow(.compared, "verify, which holds", .done, made, "inputs: [text]", "outputs: [made]", verifies, looks),
    KillRow(.compared, "verify, which fails", .again, unmade, "inputs: [text]", "outputs: [made]", verifies, looks),
    KillRow(.compared, "fail", .failed, made, "inputs: [text]", "outputs: [made]", fails),

    // A look at the file and `verify` find nothing left to do.
    KillRow(.convergent, "file", .done, file, after, marks: 1),
    KillRow(.convergent, "edit", .done, "edit: {path: text, line: y}", after, marks: 1),
    KillRow(.convergent, "check", .again, "check: [{run: LEDGER; BLOCK}]"),
    KillRow(.convergent, "ask", .asked, file, after, asks, rerun: (1, 1)),
    KillRow(.convergent, "rerun", .done, file, after, reruns, marks: 1),
    KillRow(.convergent, "verify, which holds", .done, file, after, verifies, marks: 1),
    KillRow(.convergent, "verify, which fails", .done, file, denies, verifies, marks: 2),
    KillRow(.convergent, "fail", .failed, file, after, fails),

    // The token is there, so the script does not run again; what is behind it does.
    KillRow(.transactional, "committed", .again, load, after),
    KillRow(.transactional, "ask", .asked, load, after, asks),
    KillRow(.transactional, "rerun", .again, load, after, reruns),
    KillRow(.transactional, "verify, which holds", .done, load, after, verifies, marks: 1),
    KillRow(.transactional, "verify, which fails", .again, load, denies, verifies, marks: 2),
    KillRow(.transactional, "fail", .failed, load, after, fails),
  ]
}
