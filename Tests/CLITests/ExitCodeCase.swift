/// One way in which an exit code arises. The last command of the script is the one that gives it.
struct ExitCodeCase: Sendable, CustomStringConvertible {
  let code: Int32
  let how: String
  /// The steps of `p.execplan.yaml`, whose id is `p`; empty: there is no plan.
  let steps: [String]
  let script: String

  init(_ code: Int32, _ how: String, _ steps: [String], _ script: String) {
    self.code = code
    self.how = how
    self.steps = steps
    self.script = script
  }

  var description: String { "\(code): \(how)" }

  private static let fine = "{id: a, run: \"true\"}"
  private static let fails = "{id: f, run: exit 1}"
  private static let gate = "{id: g, check: [{exists: nothing}]}"
  private static let waits = "{id: w, manual: {instructions: Look, criteria: [it is red]}}"
  /// Kills execplan alone, at its first run.
  private static let dies = "{id: d, run: 'test -e died || { touch died; kill -9 $PPID; }'}"
  /// Ends execplan with a signal at every run, and fails meanwhile.
  private static func signals(_ name: String) -> String {
    "{id: s, run: 'kill -\(name) $PPID; sleep 0.2; exit 1'}"
  }
  /// Says that it runs, and waits until it may end.
  private static let held = "{id: h, run: 'touch held; while ! test -e free; do sleep 0.02; done'}"
  private static let hold = "execplan apply & while ! test -e held; do sleep 0.02; done; "
  private static let free = "; code=$?; touch free; wait; exit $code"

  static let all: [ExitCodeCase] = [
    success, findings, plans, people, refusals, locks, usage, broken, several,
  ].flatMap(\.self)

  private static let success: [ExitCodeCase] = [
    ExitCodeCase(0, "apply: everything is done", [fine], "execplan apply"),
    ExitCodeCase(0, "apply: nothing to resume after a success", [fine], "execplan apply; execplan apply --resume"),
    ExitCodeCase(
      0, "apply: a failure that is allowed", ["{id: a, run: exit 1, allow_failure: true}"], "execplan apply"),
    ExitCodeCase(
      0, "apply: a check that only warns", ["{id: a, check: [{exists: nothing, severity: warn}]}"], "execplan apply"),
    ExitCodeCase(0, "apply: a part of the plan", [fine, fails], "execplan apply --only a"),
    ExitCodeCase(0, "apply --dry-run: whatever is to be done", [fails], "execplan apply --dry-run"),
    ExitCodeCase(0, "plan: whatever is to be done", [fails], "execplan plan"),
    ExitCodeCase(0, "plan --out: whatever is to be done", [fails], "execplan plan --out x"),
    ExitCodeCase(
      0, "show: a saved plan that was applied", [fine], "execplan plan --out x; execplan apply x; execplan show x"),
    ExitCodeCase(0, "plan: a step is in doubt", [dies], "execplan apply; execplan plan"),
    ExitCodeCase(0, "plan --detailed-exitcode: nothing", [file], "execplan apply; execplan plan --detailed-exitcode"),
    ExitCodeCase(0, "status: of a failed run", [fails], "execplan apply; execplan status p"),
    ExitCodeCase(0, "status: of a plan that was never run", [fails], "execplan status p"),
    ExitCodeCase(
      0, "status: the plan cannot be read any more", [fine], "execplan apply; echo x > \(plan); execplan status \(plan)"
    ),
    ExitCodeCase(0, "runs: of a failed run", [fails], "execplan apply; execplan runs"),
    ExitCodeCase(0, "logs: of a failed step", [fails], "execplan apply; execplan logs p f"),
    ExitCodeCase(0, "why: of a step in doubt", [dies], "execplan apply; execplan why p d"),
    ExitCodeCase(0, "resolve: of a step in doubt", [dies], "execplan apply; execplan resolve d --as done"),
    ExitCodeCase(
      0, "resolve: the plan cannot be read any more", [dies],
      "execplan apply; echo x > \(plan); execplan resolve \(plan) d --as done"),
    ExitCodeCase(0, "checkpoint: all holds", [waits], "execplan apply; execplan checkpoint w --met all"),
    ExitCodeCase(
      0, "checkpoint --continue: the rest succeeds", [waits, "{id: b, needs: [w], run: 'true'}"],
      "execplan apply; execplan checkpoint w --met all --continue"),
    ExitCodeCase(0, "rollback: everything is taken back", [file], "execplan apply; execplan rollback --yes"),
    ExitCodeCase(
      0, "rollback: it is taken back already", [file], "execplan apply; execplan rollback; execplan rollback p"),
    ExitCodeCase(0, "rollback --dry-run: of what can't be taken back", [fine], "execplan apply; execplan rollback -n"),
    ExitCodeCase(0, "show and graph", [fails], "execplan show > /dev/null && execplan graph"),
    ExitCodeCase(0, "validate: only warnings", [warned], "execplan validate"),
    ExitCodeCase(
      0, "doctor, help, version, man, schema, explain", [],
      all("doctor", "help", "version", "man", "schema plan", "explain EP301")),
    ExitCodeCase(0, "a reader that goes away", [fine], "execplan man | true; exit ${PIPESTATUS[0]}"),
  ]

  private static let file = "{id: a, file: {path: made, content: x}}"
  private static let noUndo = "{id: a, run: 'true', undo: exit 1}"
  private static let warned = "{id: a, run: echo x >> y}"
  private static let plan = "p.execplan.yaml"
  private static func all(_ commands: String...) -> String {
    commands.map { "execplan \($0) > /dev/null" }.joined(separator: " && ")
  }

  private static let findings: [ExitCodeCase] = [
    ExitCodeCase(1, "validate: an error", ["{id: a, rum: x}"], "execplan validate"),
    ExitCodeCase(1, "validate --strict: a warning", [warned], "execplan validate --strict"),
    ExitCodeCase(
      1, "validate: a file that cannot be read", [fine],
      "ln -s l.execplan.yaml l.execplan.yaml; execplan validate l.execplan.yaml"),
    ExitCodeCase(1, "validate: one file of several", [fine], "echo 'execplan: 2' > q.execplan.yaml; execplan validate"),
    ExitCodeCase(1, "apply: a step fails", [fails], "execplan apply"),
    ExitCodeCase(1, "apply: a program that is not there", ["{id: a, exec: [no-such-program]}"], "execplan apply"),
    ExitCodeCase(1, "apply: a time-out", ["{id: a, run: sleep 60, timeout: 10ms}"], "execplan apply"),
    ExitCodeCase(
      1, "apply: the plan's time-out", ["{id: a, run: sleep 60}"], "sed -i '3i timeout: 10ms' \(plan); execplan apply"),
    ExitCodeCase(1, "apply: expect", ["{id: a, run: echo x, expect: {stdout: {equals: y}}}"], "execplan apply"),
    ExitCodeCase(1, "apply: verify", ["{id: a, run: 'true', verify: [{exists: nothing}]}"], "execplan apply"),
    ExitCodeCase(1, "apply: an output is missing", ["{id: a, run: 'true', outputs: [nothing]}"], "execplan apply"),
    ExitCodeCase(1, "apply: a signal ends the step", ["{id: a, run: kill -9 $$}"], "execplan apply"),
    ExitCodeCase(
      1, "apply: when cannot be computed", ["{id: a, when: \"fromJSON('x') == 1\", run: 'true'}"], "execplan apply"),
    ExitCodeCase(1, "apply: finally", [fine], "printf 'finally:\\n  - %s\\n' '\(fails)' >> \(plan); execplan apply"),
    ExitCodeCase(
      1, "apply: a check of finally", [fine], "printf 'finally:\\n  - %s\\n' '\(gate)' >> \(plan); execplan apply"),
    ExitCodeCase(
      1, "apply: on_interrupt: fail", ["{id: d, run: 'kill -9 $PPID', on_interrupt: fail}"],
      "execplan apply; execplan apply"),
    ExitCodeCase(
      1, "apply: what was resolved as failed", [dies], "execplan apply; execplan resolve d --as failed; execplan apply"),
    ExitCodeCase(1, "checkpoint: a criterion does not hold", [waits2], "execplan apply; execplan checkpoint w --met 1"),
    ExitCodeCase(
      1, "checkpoint --continue: the rest fails", [waits, "{id: f, needs: [w], run: exit 1}"],
      "execplan apply; execplan checkpoint w --met all --continue"),
    ExitCodeCase(1, "rollback: an undo fails", [noUndo], "execplan apply; execplan rollback"),
    ExitCodeCase(2, "plan --detailed-exitcode: something", [fine], "execplan plan --detailed-exitcode"),
    ExitCodeCase(2, "plan --detailed-exitcode: a doubt", [dies], "execplan apply; execplan plan --detailed-exitcode"),
    ExitCodeCase(7, "apply: a check step", [gate], "execplan apply"),
    ExitCodeCase(
      7, "apply: the gate of a phase", ["{id: a, phase: one, run: 'true'}"],
      "printf 'phases:\\n  - {id: one, title: One, gate: [{exists: nothing}]}\\n' >> \(plan); execplan apply"),
    ExitCodeCase(7, "apply: two checks", [gate, "{id: h, check: [{run: exit 1}]}"], "execplan apply --keep-going"),
  ]

  private static let waits2 = "{id: w, manual: {instructions: Look, criteria: [it is red, it is round]}}"

  /// A plan that cannot be read or is wrong; commands that need none of it go on.
  private static let plans =
    ["apply", "apply --dry-run", "plan", "show", "graph", "why \(plan) a", "checkpoint \(plan) a"].map {
      ExitCodeCase(3, "\($0): an error in the plan", [fails], "echo nonsense: 1 >> \(plan); execplan \($0)")
    } + [
      ExitCodeCase(
        3, "apply: half of a saved plan", [fine], "execplan plan --out x; head -c 300 x > y; execplan apply y"),
      ExitCodeCase(3, "apply: broken YAML", [fine], "echo '}' >> \(plan); execplan apply"),
      ExitCodeCase(3, "apply: too large a file", [], "truncate -s 1G x.execplan.yaml; execplan apply x.execplan.yaml"),
      // Opens, and refuses to be read, also to root.
      ExitCodeCase(3, "plan: cannot be read", [], "execplan plan /proc/self/mem"),
      ExitCodeCase(3, "show: an error in standard input", [], "echo 'execplan: 1' | execplan show -"),
    ]

  private static let people: [ExitCodeCase] = [
    ExitCodeCase(4, "apply: a manual step", [waits], "execplan apply"),
    ExitCodeCase(4, "apply: a manual step, again", [waits], "execplan apply; execplan apply"),
    ExitCodeCase(4, "apply --ask: nobody can be asked", [fine], "execplan apply --ask"),
    ExitCodeCase(4, "rollback --no-input", [file], "execplan apply; execplan rollback --no-input"),
    ExitCodeCase(4, "init: nobody can be asked", [], "execplan init"),
    ExitCodeCase(4, "checkpoint: nobody can be asked", [waits], "execplan apply; execplan checkpoint w"),
    ExitCodeCase(
      4, "checkpoint: an artifact is missing", ["{id: w, manual: {instructions: Look, artifacts: [proof]}}"],
      "execplan apply; execplan checkpoint w"),
    ExitCodeCase(
      4, "checkpoint --continue: the next one waits", [waits, "{id: x, needs: [w], manual: {instructions: Look}}"],
      "execplan apply; execplan checkpoint w --met all --continue"),
  ]

  private static let edit = "; sed -i 's/true/echo x/' \(plan); "
  private static let chain = "{id: b, needs: [a], run: 'test -e well'}"

  private static let refusals: [ExitCodeCase] = [
    ExitCodeCase(5, "apply: a step is in doubt", [dies], "execplan apply; execplan apply"),
    ExitCodeCase(
      5, "apply: a saved plan for the second time", [fine], "execplan plan --out x; execplan apply x; execplan apply x"),
    ExitCodeCase(
      5, "apply: a saved plan of another day", [fine, chain], "execplan plan --out x" + edit + "execplan apply x"),
    ExitCodeCase(5, "apply --resume: a step is in doubt", [dies], "execplan apply; execplan apply --resume"),
    ExitCodeCase(5, "apply --fresh: a step is in doubt", [dies], "execplan apply; execplan apply --fresh"),
    ExitCodeCase(5, "apply: a changed definition", [fine, chain], "execplan apply" + edit + "execplan apply"),
    ExitCodeCase(
      5, "apply --resume: a changed definition", [fine, chain], "execplan apply" + edit + "execplan apply --resume"),
    ExitCodeCase(
      5, "apply --resume: a finished step is gone", [fine, fails],
      "execplan apply; sed -i '/id: a/d' \(plan); execplan apply --resume"),
    ExitCodeCase(
      5, "apply: other parameters", [fine, chain],
      "echo 'params: {v: {type: string, default: x}}' >> \(plan); execplan apply; execplan apply -p v=y"),
    ExitCodeCase(5, "apply --resume: no run", [fine], "execplan apply --resume"),
    ExitCodeCase(5, "apply --only: a need is not done", [fine, chain], "execplan apply --only b"),
    ExitCodeCase(
      5, "apply --skip: its value is read",
      ["{id: a, run: 'true'}", "{id: b, run: 'echo ${{ steps.a.values.v }}', needs: [a]}"],
      "execplan apply --skip a"),
    ExitCodeCase(5, "rollback: no run", [fine], "execplan rollback"),
    ExitCodeCase(5, "rollback: a step can't be taken back", [fine], "execplan apply; execplan rollback"),
    ExitCodeCase(5, "rollback: a step is in doubt", [dies], "execplan apply; execplan rollback"),
    ExitCodeCase(5, "rollback: a file was changed since", [file], "execplan apply; echo y > made; execplan rollback"),
    ExitCodeCase(
      5, "apply: the run is taken back by half", [noUndo], "execplan apply; execplan rollback; execplan apply"),
    ExitCodeCase(5, "resolve: nothing is in doubt", [fails], "execplan apply; execplan resolve f --as done"),
    ExitCodeCase(
      5, "apply: a copy has the id of another plan", [fine],
      "execplan apply; cp \(plan) q.execplan.yaml; execplan apply q.execplan.yaml"),
    ExitCodeCase(
      0, "apply: a plan was renamed", [fine],
      "execplan apply; mv \(plan) q.execplan.yaml; execplan apply q.execplan.yaml"),
    ExitCodeCase(5, "resolve: no run", [fails], "execplan resolve f --as done"),
    ExitCodeCase(5, "checkpoint: nothing waits", [fails], "execplan apply; execplan checkpoint"),
    ExitCodeCase(
      5, "checkpoint: another step waits", [waits, "{id: m, needs: [w], manual: {instructions: Look}}"],
      "execplan apply; execplan checkpoint m"),
    ExitCodeCase(
      5, "checkpoint: what waits has changed", [waits],
      "execplan apply; sed -i s/Look/See/ \(plan); execplan checkpoint w --met all"),
  ]

  private static let locks: [ExitCodeCase] = [
    ExitCodeCase(6, "apply: another one runs", [held], hold + "execplan apply" + free),
    ExitCodeCase(6, "apply --lock-timeout: it expires", [held], hold + "execplan apply --lock-timeout 10ms" + free),
    ExitCodeCase(6, "resolve: apply runs", [held], hold + "execplan resolve h --as done" + free),
    ExitCodeCase(
      6, "checkpoint: apply runs", [held, waits],
      hold + "while ! execplan status p | grep -q waiting; do sleep 0.05; done; execplan checkpoint w --met all" + free),
    ExitCodeCase(
      6, "apply: its own step applies it", ["{id: a, run: execplan apply --lock-timeout 1h || echo $? > code}"],
      "execplan apply; exit $(cat code)"),
    ExitCodeCase(
      6, "apply: another plan writes the same file",
      ["{id: h, outputs: [o], run: 'touch o held; while ! test -e free; do sleep 0.02; done'}"],
      "sed 's/id: p/id: q/' \(plan) > q.execplan.yaml; execplan apply p & while ! test -e held; do sleep 0.02; done; execplan apply q"
        + free),
    ExitCodeCase(0, "status: apply runs", [held], hold + "execplan status p" + free),
    ExitCodeCase(0, "plan: apply runs", [held], hold + "execplan plan" + free),
  ]

  private static let usage: [ExitCodeCase] = [
    ExitCodeCase(64, "no command", [fine], "execplan"),
    ExitCodeCase(64, "an unknown command", [fine], "execplan aply"),
    ExitCodeCase(64, "an unknown option", [fine], "execplan apply --resum"),
    ExitCodeCase(64, "two options that exclude each other", [fine], "execplan apply --resume --fresh"),
    ExitCodeCase(
      64, "apply: a saved plan with other parameters", [fine], "execplan plan --out x; execplan apply x --param a=b"),
    ExitCodeCase(64, "graph: a saved plan", [fine], "execplan plan --out x; execplan graph x"),
    ExitCodeCase(64, "plan --out: over the plan", [fine], "execplan plan --out \(plan)"),
    ExitCodeCase(64, "-C: no such folder", [fine], "execplan -C none apply"),
    ExitCodeCase(64, "apply: no plan", [], "execplan apply"),
    ExitCodeCase(64, "apply: an unknown plan", [fine], "execplan apply none"),
    ExitCodeCase(64, "apply: several plans", [fine], "sed 's/id: p/id: q/' \(plan) > q.execplan.yaml; execplan apply"),
    ExitCodeCase(64, "apply: an unknown parameter", [fine], "execplan apply -p x=1"),
    ExitCodeCase(
      64, "plan: a bad parameter", [fine],
      "echo 'params: {n: {type: int, default: 1}}' >> \(plan); execplan plan -p n=x"),
    ExitCodeCase(
      64, "apply: a parameter is missing", [fine],
      "echo 'params: {n: {type: int, required: true}}' >> \(plan); execplan apply"),
    ExitCodeCase(64, "apply --params-file: not there", [fine], "execplan apply --params-file none.yaml"),
    ExitCodeCase(64, "apply --profile: unknown", [fine], "execplan apply --profile none"),
    ExitCodeCase(64, "apply --rerun: an unknown step", [fine], "execplan apply --rerun none"),
    ExitCodeCase(64, "plan --only: an unknown step", [fine], "execplan plan --only none"),
    ExitCodeCase(64, "apply --phase: an unknown phase", [fine], "execplan apply --phase none"),
    ExitCodeCase(64, "why: an unknown step", [fine], "execplan why p none"),
    ExitCodeCase(64, "resolve: an unknown step", [fails], "execplan apply; execplan resolve none --as done"),
    ExitCodeCase(64, "resolve: without --as", [dies], "execplan apply; execplan resolve d"),
    ExitCodeCase(64, "checkpoint: an unknown step", [waits], "execplan apply; execplan checkpoint p none"),
    ExitCodeCase(64, "rollback --to: an unknown step", [file], "execplan apply; execplan rollback --to none"),
    ExitCodeCase(64, "status --run: unknown", [fine], "execplan apply; execplan status p --run 9"),
    ExitCodeCase(64, "logs: of a plan that was never run", [fine], "execplan logs p a"),
    ExitCodeCase(64, "logs --attempt: unknown", [fine], "execplan apply; execplan logs p a --attempt 9"),
    ExitCodeCase(64, "apply: a folder without a plan", [], "mkdir x.execplan.yaml; execplan apply x.execplan.yaml"),
    ExitCodeCase(64, "validate: a path that is not there", [fine], "execplan validate none.yaml"),
    ExitCodeCase(64, "explain: an unknown code", [], "execplan explain EP999"),
    ExitCodeCase(64, "schema: an unknown name", [], "execplan schema none"),
    ExitCodeCase(64, "new: the file is there", [fine], "execplan new T -o \(plan)"),
  ]

  private static let broken: [ExitCodeCase] = [
    ExitCodeCase(
      70, "apply: the journal refuses what this program writes", [fine],
      "execplan apply; sqlite3 .execplan/journal.db \"create trigger t before insert on legs begin select raise(abort, 'no'); end\"; execplan apply"
    ),
    ExitCodeCase(
      74, "status: the journal says what this program never writes", [fine],
      "execplan apply; sqlite3 .execplan/journal.db \"pragma ignore_check_constraints = 1; update runs set state = 'none'\"; execplan status p"
    ),
    ExitCodeCase(
      74, "apply: the journal is no database", [fine], "execplan apply; echo x > .execplan/journal.db; execplan apply"),
    ExitCodeCase(
      74, "status: the journal is no database", [fine],
      "execplan apply; echo x > .execplan/journal.db; execplan status p"),
    ExitCodeCase(
      74, "apply: a newer journal", [fine],
      "execplan apply; sqlite3 .execplan/journal.db 'pragma user_version = 999'; execplan apply"),
    ExitCodeCase(
      74, "resolve: a newer journal", [dies],
      "execplan apply; sqlite3 .execplan/journal.db 'pragma user_version = 999'; execplan resolve d --as done"),
    ExitCodeCase(
      74, "apply: the journal is removed", ["{id: a, run: rm .execplan/journal.db; sleep 1}"], "execplan apply"),
    ExitCodeCase(74, "apply --state-dir: cannot be made", [fine], "execplan apply --state-dir /dev/null/state"),
    ExitCodeCase(74, "apply --events: cannot be written", [fine], "execplan apply --events none/events"),
    ExitCodeCase(74, "version: standard output is full", [], "execplan version > /dev/full"),
    ExitCodeCase(74, "the working directory is gone", [], "mkdir x; cd x; rmdir ../x; execplan validate"),
  ]

  /// Of several that hold the first counts: a signal, 70, 74, 5, 1, 7, 4, 0.
  private static let several: [ExitCodeCase] =
    [("HUP", 129), ("INT", 130), ("TERM", 143)].map { name, code in
      ExitCodeCase(Int32(code), "apply: SIG\(name) over a failure", [signals(name), gate, waits], "execplan apply -j1")
    } + [
      ExitCodeCase(
        130, "apply: a signal over a doubt", [dies, signals("INT")], "execplan apply -j1; execplan apply --keep-going"),
      ExitCodeCase(
        130, "apply: a signal over output that cannot be written", [signals("INT")], "execplan apply > /dev/full"),
      ExitCodeCase(
        74, "apply: a lost journal over a failure", ["{id: a, run: 'rm .execplan/journal.db; exit 1'}"],
        "execplan apply"),
      ExitCodeCase(74, "apply: output that cannot be written over a failure", [fails], "execplan apply > /dev/full"),
      ExitCodeCase(
        74, "apply: output that cannot be written over a doubt", [dies],
        "execplan apply; execplan apply --format json > /dev/full"),
      ExitCodeCase(
        74, "validate: output that cannot be written over findings", ["{id: a, rum: x}"],
        "execplan validate > /dev/full"),
      ExitCodeCase(
        6, "apply: a lock over a changed definition", [fine, held],
        hold.replacing("apply", with: "apply -j1") + "sed -i 's/true/echo x/' \(plan); execplan apply" + free),
      ExitCodeCase(
        3, "apply: a wrong plan over a doubt", [dies], "execplan apply; echo nonsense: 1 >> \(plan); execplan apply"),
      ExitCodeCase(64, "apply: an unknown step over a doubt", [dies], "execplan apply; execplan apply --only none"),
      ExitCodeCase(
        5, "apply: a doubt over failure, gate and waiting", [dies, fails, gate, waits],
        "execplan apply -j1; execplan apply --keep-going"),
      ExitCodeCase(5, "apply: a doubt over a gate", [dies, gate], "execplan apply -j1; execplan apply --keep-going"),
      ExitCodeCase(5, "apply: a doubt over waiting", [dies, waits], "execplan apply -j1; execplan apply --keep-going"),
      ExitCodeCase(1, "apply: a failure over a gate and waiting", [gate, fails, waits], "execplan apply --keep-going"),
      ExitCodeCase(1, "apply: a failure over a gate", [gate, fails], "execplan apply --keep-going"),
      ExitCodeCase(1, "apply: a failure over waiting", [waits, fails], "execplan apply --keep-going"),
      ExitCodeCase(7, "apply: a gate over waiting", [waits, gate], "execplan apply --keep-going"),
      ExitCodeCase(4, "apply: waiting over success", [fine, waits], "execplan apply"),
    ]
}
