/// A place of a plan where an expression may be written, and what becomes of a hostile value there.
struct InjectionRow: Sendable, CustomStringConvertible {
  enum Outcome: Sendable {
    /// The step writes the value to `got`, as it is.
    case arrives
    /// `validate` refuses the expression with this code, at its place.
    case refused(String)
  }

  let description: String
  let outcome: Outcome
  /// The keys of the step; `X` stands for the expression.
  let yaml: String

  init(_ description: String, _ outcome: Outcome, _ yaml: String) {
    self.description = description
    self.outcome = outcome
    self.yaml = yaml
  }

  /// A script, as a block of YAML.
  private static func script(_ description: String, _ outcome: Outcome, _ text: String) -> InjectionRow {
    InjectionRow(description, outcome, "run: |\n" + text.split(separator: "\n").map { "      \($0)\n" }.joined())
  }

  private static func script(_ description: String, _ text: String) -> InjectionRow {
    script(description, .arrives, text)
  }

  private static let shell = Outcome.refused("EP510")
  private static let statement = Outcome.refused("EP511")

  // MARK: Shell text

  static let shellTexts = [
    script("unquoted", "printf %s X > got"),
    script("double-quoted", "printf %s \"X\" > got"),
    script("within a word", "v=a\"X\"b; v=${v#a}; printf %s \"${v%b}\" > got"),
    script("assignment", "v=X; printf %s \"$v\" > got"),
    script("assignment for a command", "v=X printenv v > got; truncate -s -1 got"),
    script("export", "export v=X; printf %s \"$v\" > got"),
    script("command substitution", "v=$(printf %s. X); printf %s \"${v%.}\" > got"),
    script("quoted command substitution", "v=\"$(printf %s. \"X\")\"; printf %s \"${v%.}\" > got"),
    script("heredoc", "cat > got <<END\nX\nEND\ntruncate -s -1 got"),
    script("here-string", "cat > got <<< X; truncate -s -1 got"),
    script("case word", "case X in nothing) ;; *) printf %s X > got;; esac"),
    script("case pattern", "v=X; case \"$v\" in X) printf %s \"$v\" > got;; esac"),
    script("redirection target", "mkdir out; cd out; printf %s x > ./X || true; cd ..; printf %s X > got"),
    script("array", "a=( X ); printf %s \"${a[0]}\" > got; test ${#a[@]} = 1"),
    script("list of a loop", "for v in X; do printf %s \"$v\" > got; done"),
    script("argument of a function", "f() { printf %s \"$1\" > got; }; f X"),
    script("subshell and group", "( { printf %s X > got; } )"),
    script("pipe", "printf %s X | cat > got"),
    script("process substitution", "cat <(printf %s X) > got"),
    script("string test", "[[ X == nothing ]] || [ X = nothing ] || printf %s X > got"),
    script("single-quoted", shell, "awk 'X' f"),
    script("dollar and single quotes", shell, "echo $'X'"),
    script("quoted heredoc", shell, "cat <<'END'\nX\nEND"),
    script("backticks", shell, "echo `echo X`"),
    script("arithmetic", shell, "echo $((X + 1))"),
    script("arithmetic command", shell, "(( v = X ))"),
    script("numeric test", shell, "[[ X -gt 3 ]]"),
    script("variable test", shell, "[[ -v X ]]"),
    script("array subscript", shell, "a[X]=1"),
    script("array with keys", shell, "a=([X]=1)"),
    script("parameter expansion", shell, "echo ${v:-X}"),
    script("comment", shell, "true # X"),
    script("backslash", shell, "echo \\X"),
    script("eval", shell, "eval X"),
    script("trap", shell, "trap X EXIT"),
    script("program of a shell", shell, "bash -c X"),
    script("program of ssh", shell, "ssh host X"),
    script("program of xargs", shell, "xargs X"),
    script("program of awk", shell, "awk X"),
    script("source of a shell in a pipe", shell, "echo X | sh"),
    script("heredoc for a shell", shell, "bash <<END\nX\nEND"),
    script("source", shell, "source X"),
    script("file descriptor", shell, "echo a >& X"),
    script("command of another name", shell, "\"$TOOL\" X"),
  ]

  // MARK: Other texts and arguments

  static let others = [
    InjectionRow("argv", .arrives, "exec: [sh, -c, 'printf %s \"$1\" > got', sh, \"X\"]\n"),
    InjectionRow("env", .arrives, "run: printf %s \"$V\" > got\n    env: {V: \"X\"}\n"),
    InjectionRow("content of a file", .arrives, "file: {path: D/got, content: \"X\"}\n"),
    InjectionRow(
      "python, by the environment", .arrives,
      "env: {V: \"X\"}\n    run: {interpreter: python3, script: \"import os; open('got', 'w').write(os.environ['V'])\"}\n"
    ),
    InjectionRow("unless", .arrives, "run: printf %s X > got\n    unless: test X = nothing\n"),
    InjectionRow("a check's script", .arrives, "run: printf %s X > got\n    verify: [{run: 'test X != nothing'}]\n"),
    InjectionRow("python", shell, "run: {interpreter: python3, script: \"print('X')\"}\n"),
    InjectionRow("another shell", shell, "shell: docker exec c bash -c\n    run: echo X\n"),
    InjectionRow("unless, single-quoted", shell, "run: \"true\"\n    unless: awk 'X' f\n"),
    InjectionRow("a check's script, arithmetic", shell, "check: [{run: \"echo $((X))\"}]\n"),
    // What gives the plan its shape takes no expression at all.
    InjectionRow("needs", .refused("EP301"), "run: \"true\"\n    needs:\n      - X\n"),
    InjectionRow("pool", .refused("EP214"), "run: \"true\"\n    pool: X\n"),
    InjectionRow("phase", .refused("EP311"), "run: \"true\"\n    phase: X\n"),
    InjectionRow("idempotent", .refused("EP203"), "run: \"true\"\n    idempotent: X\n"),
    InjectionRow("timeout", .refused("EP205"), "run: \"true\"\n    timeout: X\n"),
  ]

  // MARK: SQL

  private static func sql(_ description: String, _ outcome: Outcome, _ text: String) -> InjectionRow {
    InjectionRow(description, outcome, "sql: {database: \"sqlite:D/w.db\", \(text)}\n")
  }

  private static func sql(_ description: String, _ text: String) -> InjectionRow { sql(description, .arrives, text) }

  static let statements = [
    sql("value", "script: \"create table t (v); insert into t values (X)\""),
    sql("value of a list of statements", "statements: [\"create table t (v)\", \"insert into t values (X)\"]"),
    sql("bound", "script: \"create table t (v); insert into t values (:v)\", bind: {v: \"X\"}"),
    sql("operand", "script: \"create table t (v); insert into t select X where X = X\""),
    sql("literal", statement, "script: \"insert into t values ('X')\""),
    sql("part of a literal", statement, "query: \"select 1 from t where v like '%X%'\""),
    sql("identifier", statement, "query: 'select 1 from \"X\"'"),
    sql("identifier in brackets", statement, "query: \"select 1 from [X]\""),
    sql("identifier in backticks", statement, "query: \"select 1 from `X`\""),
    sql("part of a name", statement, "query: \"select 1 from t_X\""),
    sql("comment", statement, "script: \"select 1 -- X\""),
    sql("block comment", statement, "script: \"select 1 /* X */\""),
  ]

  static let all = shellTexts + others + statements
}
